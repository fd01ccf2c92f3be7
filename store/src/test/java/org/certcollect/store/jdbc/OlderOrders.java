package org.certcollect.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.chain;
import static org.certcollect.store.contract.Samples.request;
import static org.certcollect.store.contract.Samples.requestFor;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import org.certcollect.store.Collects.OrderStatus;
import org.certcollect.store.IssuedReference;
import org.certcollect.store.Order;
import org.certcollect.store.OrderFilter;
import org.certcollect.store.OrderTime;
import org.certcollect.store.OrderTime.Period;
import org.certcollect.store.Store;
import org.certcollect.store.domain.MailAddress;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.MailKind;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.x509.SearchTerms;

/** An issued order and its certificates, in the tables from before there were certificate ids. */
public final class OlderOrders {
  private OlderOrders() {}

  /** Adds order 5 with the certificates 1 and 2. */
  public static void add(Database database) {
    int unused =
        database.change(
            session -> {
              session.update(
                  "INSERT INTO account (id, login, password_hash, ssl, ccc, enabled, version,"
                      + " created_at) VALUES (7, 'demo', '$', 1, 1, 1, 1, 0)");
              session.update(
                  "INSERT INTO orders (number, account_id, product, state, created_at, changed_at,"
                      + " certificate_id, not_before, not_after)"
                      + " VALUES (5, 7, 'SSL', 'ISSUED', 0, 0, 2, 3000, 4000)");
              session.update("INSERT INTO chain (digest) VALUES (?)", new byte[32]);
              for (int i = 0; i < 2; i++) {
                session.update(
                    "INSERT INTO certificate (order_number, chain_id, issued_at, sha256, subject,"
                        + " not_before, not_after, der) VALUES (5, 1, 0, ?, ?, 1000, 2000, ?)",
                    new byte[32],
                    new byte[] {0x30, 0},
                    new byte[] {(byte) i});
              }
              session.update(
                  "INSERT INTO signing_request (order_number, public_key, der) VALUES (5, ?, ?)",
                  request("chain-3").publicKey(),
                  requestFor("older.example.com").der());
              return 2;
            });
  }

  /** Checks that the certificates are found by their ids, and that the next id follows. */
  public static void assertServed(Store store) {
    Order order = store.orders().find(5).orElseThrow();
    assertThat(order.reissueSince()).isEmpty();
    assertThat(order.issued()).contains(Instant.EPOCH);
    assertThat(order.contact()).isEqualTo(MailContact.NONE);
    assertThat(store.accounts().find("demo").orElseThrow().contact()).isEqualTo(MailContact.NONE);
    OrderFilter search =
        OrderFilter.first(9)
            .withTerms(SearchTerms.domain("*.example.com").stream().toList())
            .withPeriod(OrderTime.ISSUED, Period.before(Instant.MAX));
    assertThat(store.orders().list(search)).containsExactly(order);
    assertThat(store.orders().certificates(5))
        .extracting(IssuedReference::id)
        .containsExactly(10_000_000_002L, 10_000_000_001L);
    for (int i = 0; i < 2; i++) {
      OrderStatus status =
          store.collects().byCertificate("demo", 10_000_000_001L + i).get().order().orElseThrow();
      assertThat(status.state()).isEqualTo(OrderState.ISSUED);
      assertThat(status.replaced()).isEqualTo(i == 0);
      assertThat(store.collects().chain(status.certificate().get()).endEntity().der())
          .isEqualTo(new byte[] {(byte) i});
    }
    assertThat(store.collects().details(5, Optional.empty()).domain())
        .contains("older.example.com");
    store.orders().reissue(5, Optional.empty(), ALICE);
    Order issued = store.orders().issue(5, chain("chain-3"), ALICE);
    assertThat(issued.certificate().map(IssuedReference::id)).contains(10_000_000_003L);
    assertMails(store);
  }

  private static void assertMails(Store store) {
    Store mailing = store.mailing(EnumSet.of(MailKind.REVOKED), () -> {});
    assertThat(store.outbox().list(false, 0, 9)).isEmpty();
    MailContact people =
        new MailContact(Optional.of(new MailAddress("a@example.com")), Optional.empty(), false);
    mailing.accounts().setContact("demo", none -> people, ALICE);
    mailing.orders().revoke(5, Optional.empty(), ALICE);
    assertThat(store.outbox().claim("node", Duration.ofMinutes(1), Optional.empty()))
        .hasValueSatisfying(mail -> assertThat(mail.recipient()).isEqualTo("a@example.com"));
  }
}
