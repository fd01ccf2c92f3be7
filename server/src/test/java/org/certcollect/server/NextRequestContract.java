package org.certcollect.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.Accounts;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A change takes effect with the very next request, on a warm connection that stays open. */
abstract class NextRequestContract {
  private static final String DENIED = "-16\nPermission denied!\n";
  private static final String FORM = Forms.status("reseller", "old", 7);

  private TestServer server;
  private TestServer asked;
  private Accounts accounts;
  private RawConnection connection;

  /** Starts the server whose store is changed. */
  abstract TestServer startServer();

  /** The server that is asked. */
  abstract TestServer startAsked(TestServer changed);

  @BeforeEach
  void start() throws IOException {
    server = startServer();
    asked = startAsked(server);
    server.account("reseller", "old");
    server.order("reseller", Product.SSL, 7);
    server.order("reseller", Product.CCC, 8);
    accounts = server.store().accounts();
    connection = RawConnection.https(asked);
    for (int i = 0; i < 3; i++) {
      assertThat(status(FORM)).isEqualTo("0\n");
    }
  }

  @AfterEach
  void stop() throws IOException {
    connection.close();
    asked.close();
    if (asked != server) {
      server.close();
    }
  }

  private String status(String form) throws IOException {
    return connection.post(Forms.SSL, form).body();
  }

  private String byCode(String code) throws IOException {
    return connection.post(Forms.CCC, Forms.code(code)).body();
  }

  @Test
  void aNewPassword() throws IOException {
    accounts.setPassword("reseller", TestServer.hash("new"), TestServer.TESTER);
    assertThat(status(FORM)).isEqualTo(DENIED);
    assertThat(status(Forms.status("reseller", "new", 7))).isEqualTo("0\n");
    accounts.setPassword("reseller", TestServer.hash("old"), TestServer.TESTER);
    assertThat(status(FORM)).isEqualTo("0\n");
    assertThat(status(Forms.status("reseller", "new", 7))).isEqualTo(DENIED);
  }

  @Test
  void anOldPasswordThatIsKeptAndItsEnd() throws IOException {
    Instant until = Instant.now().plusSeconds(600);
    accounts.setPassword("reseller", TestServer.hash("new"), Optional.of(until), TestServer.TESTER);
    for (int i = 0; i < 2; i++) {
      assertThat(status(FORM)).isEqualTo("0\n");
      assertThat(status(Forms.status("reseller", "new", 7))).isEqualTo("0\n");
      assertThat(status(Forms.status("reseller", "other" + i, 7))).isEqualTo(DENIED);
    }
    accounts.setEnabled("reseller", false, TestServer.TESTER);
    assertThat(status(FORM)).isEqualTo(DENIED);
    accounts.setEnabled("reseller", true, TestServer.TESTER);
    accounts.endOldPassword("reseller", TestServer.TESTER);
    assertThat(status(FORM)).isEqualTo(DENIED);
    assertThat(status(Forms.status("reseller", "new", 7))).isEqualTo("0\n");
  }

  @Test
  void anImportedHashThatIsReplacedAfterTheFirstLogin() throws Exception {
    String bcrypt = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
    accounts.setPassword("reseller", new PasswordHash(bcrypt), TestServer.TESTER);
    assertThat(status(Forms.status("reseller", "U*V", 7))).isEqualTo(DENIED);
    assertThat(status(Forms.status("reseller", "U*U", 7))).isEqualTo("0\n");
    Await.until(
        "the hash is replaced",
        () ->
            accounts
                .find("reseller")
                .orElseThrow()
                .passwordHash()
                .phc()
                .startsWith("$argon2id$v=19$m=19456,"));
    assertThat(status(Forms.status("reseller", "U*U", 7))).isEqualTo("0\n");
    assertThat(status(Forms.status("reseller", "U*V", 7))).isEqualTo(DENIED);
  }

  @Test
  void aDisabledAccountAndItsReturn() throws IOException {
    accounts.setEnabled("reseller", false, TestServer.TESTER);
    assertThat(status(FORM)).isEqualTo(DENIED);
    accounts.setEnabled("reseller", true, TestServer.TESTER);
    assertThat(status(FORM)).isEqualTo("0\n");
  }

  @Test
  void aDeniedProductAndItsReturn() throws IOException {
    accounts.deny("reseller", Set.of(Product.SSL), TestServer.TESTER);
    assertThat(status(FORM)).isEqualTo(DENIED);
    assertThat(connection.post(Forms.CCC, Forms.status("reseller", "old", 8)).body())
        .isEqualTo("0\n");
    accounts.allow("reseller", Set.of(Product.SSL), TestServer.TESTER);
    assertThat(status(FORM)).isEqualTo("0\n");
  }

  @Test
  void everyStateOfAnOrder() throws IOException {
    server.issue(7, "chain-2");
    assertThat(status(FORM)).isEqualTo("1\n");
    server.store().orders().revoke(7, Optional.empty(), TestServer.TESTER);
    assertThat(status(FORM)).isEqualTo("-21\nThe certificate has been revoked!\n");
    server.order("reseller", Product.SSL, 9);
    assertThat(status(Forms.status("reseller", "old", 9))).isEqualTo("0\n");
    server.store().orders().reject(9, Optional.of("no"), TestServer.TESTER);
    assertThat(status(Forms.status("reseller", "old", 9)))
        .isEqualTo("-20\nThe certificate request has been rejected!\n");
  }

  @Test
  void aHoldAndItsEnd() throws IOException {
    String form = Forms.certificates("reseller", "old", 7);
    server.issue(7, "chain-2");
    String certificates = status(form);
    assertThat(certificates).startsWith("2\n");
    server.store().orders().hold(7, Optional.empty(), TestServer.TESTER);
    assertThat(status(form)).isEqualTo("0\n");
    assertThat(status(FORM)).isEqualTo("0\n");
    server.store().orders().release(7, TestServer.TESTER);
    assertThat(status(form)).isEqualTo(certificates);
    server.store().orders().hold(7, Optional.empty(), TestServer.TESTER);
    server.store().orders().revoke(7, Optional.empty(), TestServer.TESTER);
    assertThat(status(form)).isEqualTo("-21\nThe certificate has been revoked!\n");
  }

  @Test
  void aReissuedCertificate() throws IOException {
    String form = Forms.certificates("reseller", "old", 7);
    server.issue(7, "chain-2");
    String first = status(form);
    assertThat(first).startsWith("2\n");
    server.issue(7, "chain-3");
    assertThat(status(form)).startsWith("2\n").isNotEqualTo(first);
    server.issue(7, "chain-2");
    assertThat(status(form)).isEqualTo(first);
  }

  @Test
  void aNewCollectionCode() throws IOException {
    server.store().orders().setCode(8, server.hashCode("FIRSTCODE"), TestServer.TESTER);
    assertThat(byCode("FIRSTCODE")).isEqualTo("0\n");
    server.store().orders().setCode(8, server.hashCode("SECONDCODE"), TestServer.TESTER);
    assertThat(byCode("FIRSTCODE")).startsWith("-4\n");
    assertThat(byCode("SECONDCODE")).isEqualTo("0\n");
    server.issue(8, "chain-2");
    assertThat(byCode("SECONDCODE")).isEqualTo("1\n");
  }
}
