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
import org.certcollect.store.Actor;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.Collects.OrderStatus;
import org.certcollect.store.Store;
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
  void an_order_starts_as_awaiting_payment_or_paid() {
    assertThat(cli.run("order add --account acme --product ssl --number 7").out())
        .isEqualTo("order 7 awaits payment\n");
    assertThat(cli.run("order add --account acme --product ssl --number 8 --paid").out())
        .isEqualTo("order 8 is being processed\n");
  }

  @Test
  void without_a_number_the_next_free_one_is_taken() {
    Run run = cli.run("order add --account acme --product SSL --json");

    assertThat(run.field("number")).matches("[0-9]+");
    assertThat(run.field("state")).isEqualTo("awaiting-payment");
    assertThat(run.field("product")).isEqualTo("ssl");
    assertThat(run.fields()).doesNotContainKey("code");
  }

  @Test
  void a_client_certificate_order_gets_a_code_that_finds_it() {
    Run text = cli.run("order add --account acme --product ccc --number 5");
    Run json = cli.run("order add --account acme --product ccc --number 6 --json");

    assertThat(byCode(text.after("code")).orElseThrow().number()).isEqualTo(5);
    assertThat(byCode(json.field("code")).orElseThrow().number()).isEqualTo(6);
  }

  @Test
  void a_new_code_ends_the_old_one() {
    String old = cli.run("order add --account acme --product ccc --number 5").after("code");

    Run run = cli.run("order code 5");

    assertThat(byCode(run.after("code")).orElseThrow().number()).isEqualTo(5);
    assertThat(byCode(old)).isEmpty();
  }

  @Test
  void a_server_certificate_order_gets_no_code() {
    cli.done("order add --account acme --product ssl --number 5");
    assertThat(cli.run("order code 5").exit()).isEqualTo(1);
  }

  @Test
  void codes_are_hashed_with_the_configured_key() throws IOException {
    Path key = Files.write(folder.resolve("key"), new byte[40]);
    cli.with("CERTCOLLECT_CODES_KEY_FILE", key.toString());

    String code = cli.run("order add --account acme --product ccc --number 5").after("code");

    assertThat(byCode(store -> new CollectionCodes(new byte[40]), code)).isPresent();
    assertThat(cli.data().resolve("collection-codes.key")).doesNotExist();
  }

  @Test
  void a_lost_key_of_codes_is_not_replaced_while_orders_have_codes() throws IOException {
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
  void another_key_of_codes_than_the_store_has_is_refused_by_every_node() throws IOException {
    String code = cli.run("order add --account acme --product ccc --number 5").after("code");
    Path key = cli.data().resolve("collection-codes.key");
    byte[] right = Files.readAllBytes(key);
    Files.write(key, new byte[32]);

    for (String verb :
        List.of("order add --account acme --product ccc", "order code 5", "serve --https-port 0")) {
      Run run = cli.run(verb);
      assertThat(run.exit()).as(verb).isEqualTo(3);
      assertThat(run.out()).as(verb).isEmpty();
      assertThat(run.err()).as(verb).contains(key + " is not the key", "another node", "new-key");
    }

    Files.write(key, right);
    assertThat(byCode(code)).isPresent();
  }

  @Test
  void a_key_is_the_stores_before_there_is_a_code() throws IOException {
    try (Store store = new DataFolder(cli.data()).openExisting(Clock.systemUTC())) {
      CollectionCodes unused = codes(store);
    }
    Files.delete(cli.data().resolve("collection-codes.key"));

    Run run = cli.run("order add --account acme --product ccc");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("collection-codes.key is missing");
  }

  @Test
  void a_key_lost_for_good_is_replaced_by_a_new_one() throws IOException {
    String lost = cli.run("order add --account acme --product ccc --number 5").after("code");
    Path key = cli.data().resolve("collection-codes.key");
    assertThat(cli.run("order new-key").exit()).isEqualTo(1);
    assertThat(cli.run("order new-key").err()).contains(key + " is the key", "nothing is lost");
    Files.delete(key);

    Run run = cli.run("order new-key --json");

    assertThat(run.field("key")).isEqualTo(key.toString());
    assertThat(byCode(lost)).isEmpty();
    assertThat(byCode(cli.run("order code 5").after("code"))).isPresent();
  }

  @Test
  void an_order_moves_through_its_states() {
    cli.done("order add --account acme --product ssl --number 5");

    assertThat(cli.run("order pay 5").out()).isEqualTo("order 5 is being processed\n");
    assertThat(
            cli.run("", "order", "reject", "5", "--reason", "not yours", "--json").field("reason"))
        .isEqualTo("not yours");
    assertThat(cli.run("order show 5").after("state")).isEqualTo("rejected");
  }

  @Test
  void a_forbidden_transition_says_why() {
    cli.done("order add --account acme --product ssl --number 5");

    Run run = cli.run("order revoke 5 --reason x");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("order 5", "awaits payment", "`certcollect order show`");
  }

  @Test
  void an_unknown_order_is_refused_by_every_verb() throws IOException {
    Path pem = Files.write(folder.resolve("c.pem"), Fixtures.bytes("chain-3.pem"));
    for (String verb :
        new String[] {
          "pay 9", "reject 9", "revoke 9", "show 9", "code 9", "issue 9 --certificate " + pem
        }) {
      Run run = cli.run("order " + verb);
      assertThat(run.exit()).as(verb).isEqualTo(1);
      assertThat(run.out()).as(verb).isEmpty();
      assertThat(run.err()).as(verb).contains("order 9", "`certcollect order list`");
    }
  }

  @Test
  void an_order_of_an_unknown_account_or_with_a_taken_number_is_refused() {
    cli.done("order add --account acme --product ssl --number 5");
    assertThat(cli.run("order add --account nobody --product ssl").exit()).isEqualTo(1);
    assertThat(cli.run("order add --account acme --product ssl --number 5").exit()).isEqualTo(1);
    assertThat(cli.run("order add --account acme --product ssl --number 0").exit()).isEqualTo(1);
  }

  @Test
  void what_is_no_number_product_or_option_is_wrong_usage() {
    assertThat(cli.run("order pay seven").exit()).isEqualTo(2);
    assertThat(cli.run("order add --account acme --product tls").err())
        .contains("'tls' is none of ssl, ccc");
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
