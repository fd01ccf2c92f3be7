package org.certcollect.cli.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.store.domain.OrderValidation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The verbs {@code order reissue} and {@code order validation}, and what the others tell of them.
 */
class OrderReissueTest {
  @TempDir private Path folder;
  private Cli cli;
  private Path certificate;
  private Path request;

  @BeforeEach
  void issueAnOrder() throws IOException {
    cli = new Cli(folder.resolve("data"));
    certificate = Files.write(folder.resolve("c.pem"), Fixtures.bytes("chain-3.pem"));
    request = Files.write(folder.resolve("other.csr"), Fixtures.bytes("other.csr"));
    cli.done("account add acme --ssl --ccc");
    cli.done("order add --account acme --product ssl --number 5 --paid");
    cli.done("order issue 5 --certificate " + certificate);
  }

  @Test
  void reissueIsShownUntilACertificateIsIssued() {
    assertThat(cli.run("order show 5 --json").fields()).containsEntry("reissueSince", "null");

    assertThat(cli.run("order reissue 5").out()).isEqualTo("order 5 is being reissued\n");

    Run shown = cli.run("order show 5 --json");
    assertThat(shown.field("state")).isEqualTo("issued");
    assertThat(shown.field("certificateId")).isEqualTo("10000000001");
    assertThat(shown.field("reissueSince")).startsWith("20");
    assertThat(cli.run("order show 5").out()).contains("reissue since", "order.reissue");
    assertThat(cli.run("order list").out()).contains("  issued, reissuing  ");
    assertThat(cli.onTerminal(90).run("order list").out()).contains("\u001b[33missued, reissuing");
    cli.done("order hold 5");
    assertThat(cli.run("order list").out()).contains("issued, reissuing, held");
    cli.done("order release 5");
    Run issued = cli.run("order issue 5 --certificate " + certificate + " --json");
    assertThat(issued.field("certificateId")).isEqualTo("10000000002");
    assertThat(issued.fields()).containsEntry("reissueSince", "null");
    assertThat(cli.run("order show 5").out()).contains("10000000001", "10000000002");
    assertThat(cli.run("order list").out()).doesNotContain("reissuing");
  }

  @Test
  void certificateMustHaveTheKeyOfTheNextRequestUntilTheReissueIsGivenUp() {
    cli.done("order reissue 5 --csr " + request);

    Run wrong = cli.run("order issue 5 --certificate " + certificate);
    assertThat(wrong.exit()).isEqualTo(1);
    assertThat(wrong.err()).contains("is not that of the order's signing request");
    assertThat(cli.run("order reissue 5 --cancel").out())
        .isEqualTo("the reissue of order 5 is given up\n");
    assertThat(cli.run("order issue 5 --certificate " + certificate).exit()).isZero();
  }

  @Test
  void reissueThatIsImpossibleSaysWhy() {
    assertThat(cli.run("order reissue 5 --cancel").err()).contains("no reissue is under way");
    cli.done("order reissue 5");
    Run second = cli.run("order reissue 5");
    assertThat(second.exit()).isEqualTo(1);
    assertThat(second.err()).contains("order 5 has a reissue under way already, since 20");
    cli.done("order revoke 5 --yes");
    assertThat(cli.run("order reissue 5").err())
        .contains("order 5 is revoked: only an order that is issued can be", "order show 5");
    assertThat(cli.run("order reissue 5 --cancel").err())
        .contains("order 5 is revoked, and no reissue is under way");
    assertThat(cli.run("order reissue 5 --cancel --csr " + request).exit()).isEqualTo(2);
    assertThat(cli.run("order reissue 9").err()).contains("order 9", "`certcollect order list`");
  }

  /** The advice read as if `openssl req -new` made a private key. */
  @Test
  void privateKeyInPlaceOfARequestIsRefusedWithTheRightAdvice() throws IOException {
    String key = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n";
    Path file = Files.writeString(folder.resolve("www.key"), key);

    assertThat(cli.run("order reissue 5 --csr " + file).err())
        .isEqualTo(
            "certcollect: "
                + file
                + ": it holds a private key, which does not belong here: give a file without one;"
                + " `openssl req -new` makes a signing request\n");
  }

  @Test
  void validationFollowsFromTheOrderUntilItIsSet() {
    cli.done("order add --account acme --product ssl --number 6 --csr " + request);
    Run issued = cli.run("order show 5 --json");
    assertThat(issued.out())
        .contains("\"validation\":{\"domain\":\"www.example.com\",\"status\":\"validated\",")
        .contains("\"steps\":{\"csr\":\"completed\",\"dcv\":\"completed\"}");
    assertThat(cli.run("order show 6 --json").out())
        .contains("\"status\":\"awaiting-validation\"")
        .contains("\"steps\":{\"csr\":\"completed\",\"dcv\":\"not-completed\"}");
  }

  @Test
  void detailsAreSetOneByOneAndCleared() {
    cli.done("order add --account acme --product ssl --number 6 --paid");

    assertThat(cli.run("order validation 6 --status AWAITING-brand-validation").out())
        .isEqualTo("the validation of order 6 is set\n");
    cli.done("order validation 6 --step dcv=completed --step Brand=in-progress");
    cli.done("order validation 6 --domain a.example=completed --domain *.b.example=not-completed");
    Run run =
        cli.run(
            "order validation 6 --domain *.b.example=in-progress --term 2026-05-14/2031-05-13"
                + " --json");

    assertThat(run.out())
        .contains("\"status\":\"awaiting-brand-validation\"")
        .contains("\"termStart\":\"2026-05-14T00:00:00Z\",\"termEnd\":\"2031-05-13T23:59:59Z\"")
        .contains(
            "\"steps\":{\"csr\":\"not-completed\",\"dcv\":\"completed\",\"brand\":\"in-progress\"}")
        .contains("\"domains\":{\"a.example\":\"completed\",\"*.b.example\":\"in-progress\"}");
    assertThat(cli.run("order show 6").out())
        .contains("awaiting-brand-validation", "brand=in-progress", "order.validation");
    assertThat(cli.run("order validation 6 --clear").out())
        .isEqualTo("the validation of order 6 is cleared\n");
    cli.done("order validation 6 --clear --step caa=completed");
    assertThat(cli.run("order show 6 --json").out())
        .contains(
            "\"steps\":{\"csr\":\"not-completed\",\"dcv\":\"not-completed\",\"caa\":\"completed\"}")
        .contains("\"domains\":{}")
        .doesNotContain("termStart");
  }

  @Test
  void anOrderHasALimitedNumberOfDomains() {
    StringBuilder all = new StringBuilder("order validation 5");
    for (int i = 0; i < OrderValidation.MAX_DOMAINS; i++) {
      all.append(" --domain d").append(i).append(".example=completed");
    }
    assertThat(cli.run(all.toString()).exit()).isZero();

    Run more = cli.run("order validation 5 --domain more.example=completed");

    assertThat(more.err()).contains("validation: more than 2000 domains are named");
    assertThat(more.exit()).isEqualTo(1);
    assertThat(cli.run(all + " --domain more.example=completed").exit()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " --status done",
        " --step dns=completed",
        " --step dcv=done",
        " --step dcv",
        " --domain bücher.example=completed",
        " --domain a,Validated;b=completed",
        " --domain a.example=not-required",
        " --term 2026-05-14",
        " --term 2026-05-14/2026-05-12",
        " --term x/y"
      })
  void wrongDetailsAreWrongUsage(String options) {
    Run run = cli.run("order validation 5" + options);

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }
}
