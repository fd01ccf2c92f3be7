package org.certcollect.cli.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.protocol.fixtures.Fixtures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderListTest {
  /** Ten days before the fixtures' end entities expire. */
  private static final Instant NOW = Instant.parse("2027-05-03T23:59:59Z");

  @TempDir private Path folder;
  private Cli cli;
  private Path chain;

  @BeforeEach
  void addOrders() throws IOException {
    cli = new Cli(folder.resolve("data"), Clock.fixed(NOW, ZoneOffset.UTC));
    cli.done("account add acme");
    cli.done("account add other");
    chain = Files.write(folder.resolve("chain.pem"), Fixtures.bytes("chain-3.pem"));
    cli.done("order add --account acme --product ssl --number 1");
    cli.done("order add --account acme --product ccc --number 2 --paid");
    cli.done("order add --account other --product ssl --number 3 --paid");
    cli.done("order add --account acme --product ssl --number 4 --paid");
    cli.done("order issue 4 --certificate " + chain);
  }

  @Test
  void ordersAreListedByNumber() {
    assertThat(numbers("")).containsExactly("1", "2", "3", "4");
    assertThat(cli.run("order list").lines().get(0))
        .matches("NUMBER +ACCOUNT +NAME +STATE +EXPIRY");
    assertThat(cli.run("order list --wide").lines().get(0))
        .contains("PRODUCT", "CHANGED", "ISSUED");
  }

  @Test
  void certificateIdsAreListedAndShown() {
    String id = cli.run("order show 4 --json").field("certificateId");
    assertThat(id).matches("[1-9][0-9]{10}");
    assertThat(cli.run("order list --json --after 3").field("certificateId")).isEqualTo(id);
    for (String verb : List.of("order list --csv", "order show 4")) {
      assertThat(cli.run(verb).out()).as(verb).contains(id);
    }
    assertThat(cli.onTerminal(80).run("order list").out()).startsWith("NUMBER").doesNotContain(id);
    assertThat(cli.run("order list --json").fields()).containsEntry("certificateId", "null");
  }

  @Test
  void eachFilterNarrowsTheList() {
    assertThat(numbers("--account acme")).containsExactly("1", "2", "4");
    assertThat(numbers("--state processing")).containsExactly("2", "3");
    assertThat(numbers("--state awaiting-payment")).containsExactly("1");
    assertThat(numbers("--state AWAITING_PAYMENT")).containsExactly("1");
    assertThat(numbers("--product ccc")).containsExactly("2");
    assertThat(numbers("--account acme --state issued --product ssl")).containsExactly("4");
  }

  @Test
  void ordersOfAnAccountThatIsNotThereAreRefused() {
    Run run = cli.run("order list --account nobody --json");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("there is no account 'nobody'", "account list");
  }

  @Test
  void expiringOrdersAreFoundByTheTimeLeft() {
    assertThat(numbers("--expiring-within 9d")).isEmpty();
    assertThat(numbers("--expiring-within 11d")).containsExactly("4");
    assertThat(numbers("--expiring-within 1y")).contains("4");
    assertThat(cli.run("order list --expiring-within soon").exit()).isEqualTo(2);
  }

  @Test
  void expiringOrdersPageAlongTheExpiry() {
    cli.done("order add --account acme --product ssl --number 3000 --paid");
    cli.done("order issue 3000 --certificate " + chain);

    assertThat(numbers("--expiring-within 11d --limit 1")).containsExactly("4");
    assertThat(numbers("--expiring-within 11d --after 4")).containsExactly("3000");
    Run behindNothing = cli.run("order list --expiring-within 11d --after 2");
    assertThat(behindNothing.exit()).isEqualTo(1);
    assertThat(behindNothing.err())
        .contains("order 2 is not, or no longer, in this list", "--after");
  }

  @Test
  void pageOfWhatExpiresGoesOnWhereTheLastEndedThoughItWasReissued() {
    cli.done("order add --account acme --product ssl --number 3000 --paid");
    cli.done("order issue 3000 --certificate " + chain);

    Run first = cli.run("order list --expiring-within 11d --limit 1");
    String after = first.err().strip().replaceFirst("There are more orders: continue with ", "");
    assertThat(after).isEqualTo("--after 4@2027-05-13T23:59:59Z");
    cli.done("order revoke 4 --yes");

    assertThat(numbers("--expiring-within 11d " + after)).containsExactly("3000");
    assertThat(cli.run("order list " + after).exit()).isEqualTo(2);
    assertThat(cli.run("order list --expiring-within 11d --after 4@noon").exit()).isEqualTo(2);
  }

  @Test
  void fullPageSaysHowToGoOn() {
    Run first = cli.run("order list --limit 2 --json");

    assertThat(first.lines()).hasSize(2);
    assertThat(first.err()).contains("--after 2");
    Run second = cli.run("order list --limit 2 --after 2 --json");
    assertThat(second.lines()).hasSize(2);
    assertThat(second.err()).isEmpty();
  }

  @Test
  void limitBelowOneIsWrongUsage() {
    assertThat(cli.run("order list --limit 0").exit()).isEqualTo(2);
  }

  @Test
  void csvListsAllOfThemUnderAHeader() {
    String header =
        "number,account,product,state,reason,created,changed,notBefore,notAfter,certificateId,"
            + "reissueSince,heldSince,reference,note,name,issued,processingSince,"
            + "email,language,noMail";
    Run all = cli.run("order list --csv");
    assertThat(all.out()).startsWith(header + "\r\n1,acme,ssl,awaiting-payment,,");
    assertThat(all.lines()).hasSize(5);
    assertThat(all.err()).isEmpty();
    Run page = cli.run("order list --csv --after 1 --limit 2");
    assertThat(page.lines()).hasSize(3);
    assertThat(page.err()).isEqualTo("There are more orders: continue with --after 3\n");
    assertThat(cli.run("order list --csv --after 1 --limit 3").err()).isEmpty();
    assertThat(cli.run("order list --csv --json").exit()).isEqualTo(2);
  }

  @Test
  void csvThatNobodyReadsAnyMoreEnds() {
    Writer closed =
        new FilterWriter(Writer.nullWriter()) {
          @Override
          public void write(char[] text, int from, int length) throws IOException {
            throw new IOException("Broken pipe");
          }

          @Override
          public void write(String text, int from, int length) throws IOException {
            throw new IOException("Broken pipe");
          }
        };

    Run run = cli.run(closed, "order list --csv");

    assertThat(run.err()).contains("the output was closed, or its disk is full");
    assertThat(run.exit()).isEqualTo(1);
  }

  private List<String> numbers(String filters) {
    return cli.run(("order list --json " + filters).strip()).lines().stream()
        .map(line -> line.replaceAll(".*\"number\":([0-9]+).*", "$1"))
        .toList();
  }
}
