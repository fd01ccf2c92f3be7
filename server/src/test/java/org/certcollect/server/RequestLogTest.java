package org.certcollect.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.TestLog;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The line of a request tells the operator what its client is not told. */
class RequestLogTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    server.quickAccount("alpha", "right");
    server.quickAccount("beta", "right");
    server.quickAccount("gone", "right");
    server.store().accounts().setEnabled("gone", false, TestServer.TESTER);
    server.store().accounts().deny("beta", Set.of(Product.SSL), TestServer.TESTER);
    server.order("alpha", Product.SSL, 7);
    server.order("alpha", Product.CCC, 8);
    server.order("beta", Product.SSL, 9);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String lineOf(String endpoint, String form) throws IOException {
    try (TestLog log = TestLog.json();
        RawConnection connection = RawConnection.https(server)) {
      connection.post(endpoint, form);
      assertThat(log.lines()).hasSize(1);
      return log.toString();
    }
  }

  @Test
  void anAnswerIsLoggedWithItsOrderAndLogin() throws IOException {
    assertThat(lineOf(Forms.SSL, Forms.status("alpha", "right", 7)))
        .contains("\"status\":0,", "\"order\":7,", "\"login\":\"alpha\"}")
        .doesNotContain("reason");
  }

  @ParameterizedTest
  @CsvSource({
    "alpha, wrong, 7, -16, WRONG_PASSWORD",
    "beta, right, 9, -16, PRODUCT_NOT_ALLOWED",
    "gone, right, 7, -16, DISABLED",
    "alpha, right, 404, -4, UNKNOWN_ORDER",
    "alpha, right, 9, -4, FOREIGN_ORDER",
    "alpha, right, 8, -4, OTHER_PRODUCT"
  })
  void aRefusalIsLoggedWithItsTrueReason(
      String login, String password, long order, int status, String reason) throws IOException {
    assertThat(lineOf(Forms.SSL, Forms.status(login, password, order)))
        .contains("\"status\":" + status + ",", "\"reason\":\"" + reason + "\",")
        .contains("\"order\":" + order + ",", "\"login\":\"" + login + "\"}");
  }

  /** It may be a password in the wrong place. */
  @Test
  void aLoginThatNobodyHasIsNotLogged() throws IOException {
    assertThat(lineOf(Forms.SSL, Forms.status("SECRET", "right", 7)))
        .contains("\"reason\":\"UNKNOWN_LOGIN\",", "\"order\":7}")
        .doesNotContain("SECRET");
    assertThat(lineOf(Forms.CCC, Forms.code("SECRET")))
        .contains("\"reason\":\"UNKNOWN_CODE\"}")
        .doesNotContain("SECRET");
    assertThat(lineOf(Forms.SSL, "loginName=SECRET"))
        .contains("\"reason\":\"INVALID_REQUEST\",\"argument\":\"loginPassword\"}")
        .doesNotContain("SECRET");
  }
}
