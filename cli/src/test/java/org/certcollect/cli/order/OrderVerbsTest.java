package org.certcollect.cli.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.certcollect.admin.CollectionCodeKey;
import org.certcollect.admin.DataFolder;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.Collects.OrderStatus;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderVerbsTest {
  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void addAnAccount() {
    cli = new Cli(folder.resolve("data"));
    cli.done("account add acme --ssl --ccc");
  }

  @Test
  void orderStartsAsAwaitingPaymentOrPaid() {
    assertThat(cli.run("order add --account acme --product ssl --number 7").out())
        .isEqualTo("order 7 awaits payment\n");
    assertThat(cli.run("order add --account acme --product ssl --number 8 --paid").out())
        .isEqualTo("order 8 is being processed\n");
  }

  @Test
  void withoutANumberTheNextFreeOneIsTaken() {
    Run run = cli.run("order add --account acme --product SSL --json");

    assertThat(run.field("number")).matches("[0-9]+");
    assertThat(run.field("state")).isEqualTo("awaiting-payment");
    assertThat(run.field("product")).isEqualTo("ssl");
    assertThat(run.fields()).doesNotContainKey("code");
  }

  @Test
  void clientCertificateOrderGetsACodeThatFindsIt() {
    Run text = cli.run("order add --account acme --product ccc --number 5");
    Run json = cli.run("order add --account acme --product ccc --number 6 --json");

    assertThat(byCode(text.after("code")).orElseThrow().number()).isEqualTo(5);
    assertThat(byCode(json.field("code")).orElseThrow().number()).isEqualTo(6);
  }

  @Test
  void newCodeEndsTheOldOne() {
    String old = cli.run("order add --account acme --product ccc --number 5").after("code");

    Run run = cli.run("order code 5");

    assertThat(byCode(run.after("code")).orElseThrow().number()).isEqualTo(5);
    assertThat(byCode(old)).isEmpty();
  }

  @Test
  void serverCertificateOrderGetsNoCode() {
    cli.done("order add --account acme --product ssl --number 5");
    assertThat(cli.run("order code 5").exit()).isEqualTo(1);
  }

  @Test
  void codesAreHashedWithTheConfiguredKey() throws IOException {
    Path key = Files.write(folder.resolve("key"), new byte[40]);
    cli.with("CERTCOLLECT_CODES_KEY_FILE", key.toString());

    String code = cli.run("order add --account acme --product ccc --number 5").after("code");

    assertThat(byCode(store -> new CollectionCodes(new byte[40]), code)).isPresent();
    assertThat(cli.data().resolve("collection-codes.key")).doesNotExist();
  }

  @Test
  void lostKeyOfCodesIsNotReplacedWhileOrdersHaveCodes() throws IOException {
    cli.done("order add --account acme --product ccc --number 5");
    Path key = cli.data().resolve("collection-codes.key");
    byte[] lost = Files.readAllBytes(key);
    Files.delete(key);

    for (String verb :
        List.of("order add --account acme --product ccc", "order code 5", "serve --https-port 0")) {
      Run run = cli.run(verb);
      assertThat(run.exit()).as(verb).isEqualTo(3);
      assertThat(run.out()).as(verb).isEmpty();
      assertThat(run.err()).as(verb).contains(key + " is missing", "backup", "order new-key");
      assertThat(key).doesNotExist();
    }

    assertThat(cli.run("order add --account acme --product ssl").exit()).isZero();
    Files.write(key, lost);
    assertThat(byCode(cli.run("order code 5").after("code"))).isPresent();
  }

  @Test
  void anotherKeyOfCodesThanTheStoreHasIsRefusedByEveryNode() throws IOException {
    String code = cli.run("order add --account acme --product ccc --number 5").after("code");
    Path key = cli.data().resolve("collection-codes.key");
    byte[] right = Files.readAllBytes(key);
    Files.write(key, new byte[32]);

    for (String verb :
        List.of("order add --account acme --product ccc", "order code 5", "serve --https-port 0")) {
      Run run = cli.run(verb);
      assertThat(run.exit()).as(verb).isEqualTo(3);
      assertThat(run.out()).as(verb).isEmpty();
      assertThat(run.err()).as(verb).contains(key + " is not the key", "another server", "new-key");
    }

    Files.write(key, right);
    assertThat(byCode(code)).isPresent();
  }

  @Test
  void keyIsTheStoresBeforeThereIsACode() throws IOException {
    try (Store store = new DataFolder(cli.data()).openExisting(Clock.systemUTC())) {
      CollectionCodes unused = codes(store);
    }
    Files.delete(cli.data().resolve("collection-codes.key"));

    Run run = cli.run("order add --account acme --product ccc");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("collection-codes.key is missing");
  }

  @Test
  void keyLostForGoodIsReplacedByANewOne() throws IOException {
    String lost = cli.run("order add --account acme --product ccc --number 5").after("code");
    Path key = cli.data().resolve("collection-codes.key");
    assertThat(cli.run("order new-key --yes").exit()).isEqualTo(1);
    assertThat(cli.run("order new-key --yes").err())
        .contains(key + " is already the key", "nothing is lost");
    Files.delete(key);

    Run run = cli.run("order new-key --yes --json");

    assertThat(run.field("key")).isEqualTo(key.toString());
    assertThat(byCode(lost)).isEmpty();
    assertThat(byCode(cli.run("order code 5").after("code"))).isPresent();
  }

  @Test
  void orderMovesThroughItsStates() {
    cli.done("order add --account acme --product ssl --number 5");

    assertThat(cli.run("order pay 5").out()).isEqualTo("order 5 is being processed\n");
    assertThat(
            cli.run("", "order", "reject", "5", "--yes", "--reason", "not yours", "--json")
                .field("reason"))
        .isEqualTo("not yours");
    assertThat(cli.run("order show 5").after("state")).isEqualTo("rejected");
  }

  @Test
  void forbiddenTransitionSaysWhy() {
    cli.done("order add --account acme --product ssl --number 5");

    Run run = cli.run("order revoke 5 --yes --reason x");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .contains("order 5 awaits payment", "`certcollect order reject 5` rejects it");
  }

  @Test
  void unknownOrderIsRefusedByEveryVerb() throws IOException {
    Path pem = Files.write(folder.resolve("c.pem"), Fixtures.bytes("chain-3.pem"));
    for (String verb :
        new String[] {
          "pay 9",
          "reject 9 --yes",
          "revoke 9 --yes",
          "show 9",
          "hold 9",
          "csr 9",
          "code 9",
          "issue 9 --certificate " + pem
        }) {
      Run run = cli.run("order " + verb);
      assertThat(run.exit()).as(verb).isEqualTo(1);
      assertThat(run.out()).as(verb).isEmpty();
      assertThat(run.err()).as(verb).contains("order 9", "`certcollect order list`");
    }
  }

  @Test
  void orderOfAnUnknownAccountOrWithATakenNumberIsRefused() {
    cli.done("order add --account acme --product ssl --number 5");
    assertThat(cli.run("order add --account nobody --product ssl").exit()).isEqualTo(1);
    assertThat(cli.run("order add --account acme --product ssl --number 5").exit()).isEqualTo(1);
    assertThat(cli.run("order add --account acme --product ssl --number 0").exit()).isEqualTo(1);
  }

  @Test
  void whatIsNoNumberProductOrOptionIsWrongUsage() {
    assertThat(cli.run("order pay seven").exit()).isEqualTo(2);
    assertThat(cli.run("order add --account acme --product tls").err())
        .contains("'tls' is not one of ssl, ccc");
    assertThat(cli.run("order add --account acme").exit()).isEqualTo(2);
    assertThat(cli.run("order pay 5 --quickly").exit()).isEqualTo(2);
  }

  private Optional<OrderStatus> byCode(String code) {
    return byCode(this::codes, code);
  }

  private CollectionCodes codes(Store store) {
    return new CollectionCodeKey(Optional.empty(), new DataFolder(cli.data()), store)
        .use(new Actor("test"));
  }

  private Optional<OrderStatus> byCode(Function<Store, CollectionCodes> codes, String code) {
    try (Store store = new DataFolder(cli.data()).openExisting(Clock.systemUTC())) {
      return store.collects().byCode(codes.apply(store).hash(code));
    }
  }
}
