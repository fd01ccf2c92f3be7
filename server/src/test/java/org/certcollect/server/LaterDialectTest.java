package org.certcollect.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.server.testing.TestServer.TESTER;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.certcollect.server.config.CollectDialect;
import org.certcollect.server.config.ProtocolConfig;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.TestLog;
import org.certcollect.server.testing.TestServer;
import org.certcollect.server.testing.TestServer.Settings;
import org.certcollect.store.IssuedReference;
import org.certcollect.store.Order;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that speaks the later dialect, over the store's states. */
class LaterDialectTest {
  private static final String LOGIN = "loginName=reseller&loginPassword=right";

  private TestServer server;
  private RawConnection https;

  @BeforeEach
  void start() throws IOException {
    ProtocolConfig later = new ProtocolConfig(false, CollectDialect.V1_22, false);
    server = TestServer.start(Settings.DEFAULT.with(later));
    https = RawConnection.https(server);
    server.account("reseller", "right");
    server.account("other", "right");
    server.order("reseller", Product.SSL, 5);
    server.order("reseller", Product.SSL, 6);
    server.order("other", Product.SSL, 7);
    server.order("reseller", Product.CCC, 8);
  }

  @AfterEach
  void stop() throws IOException {
    https.close();
    server.close();
  }

  private String ask(String rest) throws IOException {
    return https.send(Forms.post(Forms.SSL, LOGIN + "&" + rest)).read().body();
  }

  private static long id(Order order) {
    return order.certificate().map(IssuedReference::id).orElseThrow();
  }

  @Test
  void anOrderIsTheSameByItsNumberItsBaseNumberAndItsCertificate() throws IOException {
    long id = id(server.issue(5, "chain-3"));

    String byNumber = ask("orderNumber=5&queryType=1&showExtStatus=Y");
    assertThat(byNumber).startsWith("2\n-----BEGIN").endsWith("\nIssued\nValidated\n");
    assertThat(ask("baseOrderNumber=5&queryType=1&showExtStatus=Y")).isEqualTo(byNumber);
    assertThat(ask("certificateID=" + id + "&queryType=1&showExtStatus=Y")).isEqualTo(byNumber);
  }

  @Test
  void aHeldOrderIsBeingProcessedHoweverItIsNamed() throws IOException {
    long id = id(server.issue(5, "chain-3"));
    server.store().orders().hold(5, Optional.empty(), TESTER);

    String byNumber = ask("orderNumber=5&queryType=1&showExtStatus=Y");
    assertThat(byNumber).isEqualTo("0\nProcessing\nValidated\n");
    assertThat(ask("baseOrderNumber=5&queryType=1&showExtStatus=Y")).isEqualTo(byNumber);
    assertThat(ask("certificateID=" + id + "&queryType=1&showExtStatus=Y")).isEqualTo(byNumber);
    server.store().orders().release(5, TESTER);
    assertThat(ask("certificateID=" + id + "&queryType=1")).startsWith("2\n");
  }

  @Test
  void aReplacedCertificateIsFoundByItsId() throws IOException {
    long first = id(server.issue(5, "chain-2"));
    long second = id(server.issue(5, "chain-3"));

    String replaced = ask("certificateID=" + first + "&queryType=1&showExtStatus=Y");
    String newest = ask("certificateID=" + second + "&queryType=1&showExtStatus=Y");
    assertThat(replaced).startsWith("2\n").endsWith("\nReplaced\nValidated\n");
    assertThat(newest).isEqualTo(ask("orderNumber=5&queryType=1&showExtStatus=Y"));
    assertThat(newest).isNotEqualTo(replaced).endsWith("\nIssued\nValidated\n");
  }

  @Test
  void aReissueUnderWayAnswersZeroByNumberWhileTheCertificateGoesOnByItsId() throws IOException {
    long id = id(server.issue(5, "chain-3"));
    server.store().orders().reissue(5, Optional.empty(), TESTER);

    assertThat(ask("orderNumber=5&queryType=1&showExtStatus=Y"))
        .isEqualTo("0\nProcessing\nValidated\n");
    assertThat(ask("baseOrderNumber=5&queryType=0")).isEqualTo("0\n");
    assertThat(ask("certificateID=" + id + "&queryType=0&showExtStatus=Y"))
        .isEqualTo("1\nIssued\nValidated\n");
    server.store().orders().cancelReissue(5, TESTER);
    assertThat(ask("orderNumber=5&queryType=0&showExtStatus=Y"))
        .isEqualTo("1\nIssued\nValidated\n");
  }

  /** Order 5 is issued; a dot stands for the id of its certificate. */
  @ParameterizedTest
  @CsvSource({
    "orderNumber=9, orderNumber",
    "orderNumber=7, orderNumber",
    "orderNumber=8, orderNumber",
    "certificateID=9, certificateID",
    "certificateID=5, certificateID",
    "baseOrderNumber=9, baseOrderNumber",
    "orderNumber=9&certificateID=., orderNumber",
    "orderNumber=7&certificateID=., orderNumber",
    "orderNumber=6&certificateID=., certificateID",
    "orderNumber=6&certificateID=9, certificateID",
    "orderNumber=9&certificateID=9, orderNumber",
    "orderNumber=5&baseOrderNumber=6, baseOrderNumber",
    "orderNumber=5&certificateID=.&baseOrderNumber=6, baseOrderNumber",
    "certificateID=.&baseOrderNumber=6, baseOrderNumber",
    "certificateID=9&baseOrderNumber=5, certificateID"
  })
  void theFirstNumberThatDoesNotLeadToTheOrderIsToBlame(String numbers, String blamed)
      throws IOException {
    long id = id(server.issue(5, "chain-3"));
    String named = numbers.replace(".", Long.toString(id));

    assertThat(ask(named + "&queryType=0"))
        .isEqualTo("-4\nThe value of the '" + blamed + "' argument is invalid!\n");
  }

  @Test
  void allNumbersOfOneOrderMayBeSent() throws IOException {
    long id = id(server.issue(5, "chain-3"));

    assertThat(ask("orderNumber=5&certificateID=" + id + "&baseOrderNumber=5&queryType=0"))
        .isEqualTo("1\n");
  }

  @Test
  void detailsComeInTheUrlEncodedForm() throws IOException {
    assertThat(
            ask("orderNumber=5&queryType=0&responseFormat=1&showExtStatus=Y&showStatusDetails=Y"))
        .startsWith(
            "errorCode=0&orderNumber=5&certificateStatus=Awaiting+Validation"
                + "&validationStatus=Awaiting+Validation&csrStatus=0&dcvStatus=0");
    server.issue(5, "chain-3");
    assertThat(ask("orderNumber=5&queryType=0&responseFormat=1&showFQDN=Y&showStatusDetails=Y"))
        .startsWith("errorCode=1&orderNumber=5&fqdn=www.example.com&csrStatus=1&dcvStatus=1");
  }

  @ParameterizedTest
  @CsvSource({"false, -16", "true, -91"})
  void aRightLoginLearnsThatItsAccountIsNotEnabledOnlyWithTheSetting(boolean code91, String code)
      throws IOException {
    String text =
        code91
            ? "Permission denied Context"
            : "Incorrect login details, account is locked, password has expired or your source IP"
                + " is blocked.";
    ProtocolConfig config = new ProtocolConfig(false, CollectDialect.V1_22, code91);
    try (TestServer server = TestServer.start(Settings.DEFAULT.with(config));
        RawConnection connection = RawConnection.https(server)) {
      server.account("closed", "right");
      server.store().accounts().deny("closed", Set.of(Product.SSL, Product.CCC), TESTER);
      String form = "loginName=closed&loginPassword=right&orderNumber=5&queryType=1";

      assertThat(answer(connection, Forms.SSL, form)).isEqualTo(code + "\n" + text + "\n");
      assertThat(answer(connection, Forms.CCC, form)).isEqualTo(code + "\n" + text + "\n");
      assertThat(answer(connection, Forms.SSL, form + "&responseFormat=1"))
          .isEqualTo(
              "errorCode="
                  + code
                  + "&errorMessage="
                  + URLEncoder.encode(text, StandardCharsets.US_ASCII));
      assertThat(answer(connection, Forms.CCC, form + "&responseEncoding=2"))
          .startsWith("var g_errorCode=" + code + ";\nvar g_errorMessage=\"" + text + "\";\n");
      for (String denied :
          new String[] {
            form.replace("right", "wrong"), form.replace("closed", "nobody"),
          }) {
        assertThat(answer(connection, Forms.SSL, denied)).startsWith("-16\n");
      }
      server.store().accounts().setEnabled("closed", false, TESTER);
      assertThat(answer(connection, Forms.SSL, form)).startsWith("-16\n");
      server.store().accounts().setEnabled("closed", true, TESTER);
      server.store().accounts().allow("closed", Set.of(Product.CCC), TESTER);
      assertThat(answer(connection, Forms.CCC, form)).startsWith("-4\n");
      assertThat(answer(connection, Forms.SSL, form)).as("verified").startsWith(code + "\n");
    }
  }

  private static String answer(RawConnection connection, String path, String form)
      throws IOException {
    return connection.send(Forms.post(path, form)).read().body();
  }

  @Test
  void strictServersSayOnceAMinuteWhichSettingTakesALaterArgument() throws IOException {
    try (TestServer strict = TestServer.start();
        RawConnection connection = RawConnection.https(strict);
        TestLog log = TestLog.json()) {
      for (String argument : new String[] {"nonsense=1", "SHOWfqdn=Y", "responseFormat=1"}) {
        String form = LOGIN + "&orderNumber=5&queryType=0&" + argument;
        assertThat(connection.send(Forms.post(Forms.SSL, form)).read().body()).startsWith("-2\n");
      }
      assertThat(log.lines("collect.dialect=1.22"))
          .singleElement()
          .asString()
          .contains("\"argument\":\"showFQDN\"", "\"endpoint\":\"CollectSSL\"");
    }
  }
}
