package org.certcollect.server.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.certcollect.admin.Pem;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.server.config.PushConfig;
import org.certcollect.server.push.ScriptedReceiver.Received;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.TestLog;
import org.certcollect.server.testing.TlsFiles;
import org.certcollect.store.Event;
import org.certcollect.store.Pushes.Notification;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.PushUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushDeliveryTest {
  private static final String PASSWORD = "KanariePässword";

  @TempDir private Path folder;
  private PushFixture fixture;

  @BeforeEach
  void open() {
    fixture = new PushFixture(folder.resolve("store.sqlite"));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void eachStatusHasTheArgumentsOfTheVendor() throws Exception {
    try (ScriptedReceiver receiver = new ScriptedReceiver(null)) {
      fixture.receiver("demo", receiver.url() + "?from=ca", false);
      fixture.order("demo", Product.SSL, 7);
      fixture.issue(7, "chain-3");
      fixture.issue(7, "chain-4");
      fixture.notifying.orders().revoke(7, Optional.of("key compromise"), PushFixture.TESTER);
      fixture.order("demo", Product.CCC, 8);
      fixture.issue(8, "chain-3");
      fixture.notifying.orders().revoke(8, Optional.of("left us & co"), PushFixture.TESTER);
      fixture.order("demo", Product.SSL, 9);
      fixture.notifying.orders().reject(9, Optional.of("no\r\nX: evil & more"), PushFixture.TESTER);
      fixture.deliverAll(PushFixture.config());

      List<String> told = new ArrayList<>();
      for (Received request : receiver.requests()) {
        assertThat(request.line()).startsWith("GET /in?from=ca&orderNumber=");
        assertThat(request.headers())
            .containsEntry("host", "localhost:" + receiver.port())
            .doesNotContainKeys("authorization", "x");
        assertThat(request.text("eventType")).isEqualTo("Certificate");
        assertThat(request.arguments().keySet()).startsWith("from", "orderNumber");
        told.add(
            Stream.of(
                    "orderNumber",
                    "certificateID",
                    "statusCode",
                    "status",
                    "statusDesc",
                    "revocationReasonCode",
                    "revocationReasonName")
                .map(request::text)
                .filter(text -> !text.isEmpty())
                .reduce((a, b) -> a + " | " + b)
                .orElse(""));
      }
      assertThat(told)
          .containsExactly(
              "7 | 10000000001 | 6 | issued | Valid",
              "7 | 10000000001 | 14 | replaced | Replaced",
              "7 | 10000000002 | 6 | issued | Valid",
              "7 | 10000000002 | 8 | revoked | Revoked | 1 | keyCompromise",
              "8 | 10000000003 | 9 | issued | Issued but not yet collected",
              "8 | 10000000003 | 8 | revoked | Revoked | 0 | left us & co",
              "9 | 0 | 7 | rejected | Rejected: no X: evil & more");
      assertThat(fixture.store.events().ofOrder(9))
          .extracting(Event::action)
          .endsWith("order.reject", "order.push");
    }
  }

  @Test
  void theCertificateGoesAlongByPostWhileItMayBeHandedOut() throws Exception {
    try (ScriptedReceiver receiver = new ScriptedReceiver(null)) {
      fixture.receiver("demo", receiver.url(), true);
      fixture.order("demo", Product.SSL, 7);
      fixture.issue(7, "chain-3");
      fixture.order("demo", Product.SSL, 8);
      fixture.issue(8, "chain-4");
      fixture.notifying.orders().revoke(8, Optional.empty(), PushFixture.TESTER);
      fixture.deliverAll(PushFixture.config());
      List<X509Certificate> chain = Fixtures.certificates("chain-3");
      Received first = receiver.requests().get(0);
      assertThat(first.line()).isEqualTo("POST /in HTTP/1.1");
      assertThat(first.headers())
          .containsEntry("content-type", "application/x-www-form-urlencoded");
      assertThat(first.arguments())
          .contains(
              entry("status", "issued"),
              entry("certificate", Pem.certificate(chain.get(0).getEncoded())),
              entry(
                  "caCertificate",
                  Pem.certificate(chain.get(1).getEncoded())
                      + Pem.certificate(chain.get(2).getEncoded())));
      assertThat(receiver.requests().get(1).line())
          .as("it was revoked before it was told")
          .startsWith("GET");
      assertThat(receiver.requests().get(1).arguments())
          .containsEntry("status", "issued")
          .doesNotContainKey("certificate");

      fixture.order("demo", Product.SSL, 9);
      fixture.issue(9, "chain-3");
      fixture.store.accounts().setEnabled("demo", false, PushFixture.TESTER);
      fixture.deliverAll(PushFixture.config());
      assertThat(receiver.requests().get(3).arguments())
          .as("the account may not collect")
          .containsEntry("orderNumber", "9")
          .doesNotContainKey("certificate");
    }
  }

  @Test
  void tlsIsVerifiedAndThePasswordGoesOverItAndNowhereElse() throws Exception {
    KeyPair pair = TlsFiles.keys("EC");
    X509Certificate own = TlsFiles.selfSigned(pair, Instant.now().plusSeconds(600));
    X509Certificate elsewhere =
        TlsFiles.issue(
            "push.example.org",
            pair.getPublic(),
            Instant.now().plusSeconds(600),
            "push.example.org",
            pair.getPrivate());
    Path trusted =
        Files.writeString(
            folder.resolve("trusted.pem"),
            Pem.certificate(own.getEncoded()) + Pem.certificate(elsewhere.getEncoded()));
    PushConfig config =
        PushFixture.config(Optional.of(trusted), Duration.ofSeconds(5), Duration.ZERO);
    try (TestLog log = TestLog.json().everything();
        ScriptedReceiver secure = new ScriptedReceiver(context(pair, own));
        ScriptedReceiver foreign = new ScriptedReceiver(context(pair, elsewhere))) {
      fixture.receiver("demo", secure.url(), "me", PASSWORD);
      fixture.rejected("demo", 7);
      fixture.deliverAll(config);
      assertThat(secure.requests().get(0).headers())
          .containsEntry(
              "authorization",
              "Basic "
                  + Base64.getEncoder()
                      .encodeToString(("me:" + PASSWORD).getBytes(StandardCharsets.UTF_8)));

      fixture.receiver("demo", foreign.url(), "me", PASSWORD);
      fixture.rejected("demo", 8);
      fixture.deliverAll(config);
      fixture.receiver("demo", secure.url(), "me", PASSWORD);
      fixture.rejected("demo", 9);
      fixture.deliverAll(PushFixture.config(Optional.empty(), config.timeout(), Duration.ZERO));
      assertThat(foreign.requests()).isEmpty();
      assertThat(secure.requests()).hasSize(1);
      assertThat(errors())
          .hasSize(2)
          .allMatch(error -> error.startsWith("TLS failed: "))
          .anyMatch(error -> error.contains("localhost"));

      secure.answers.addAll(Collections.nCopies(3, "401 no: me:" + PASSWORD));
      fixture.rejected("demo", 10);
      fixture.deliverAll(config);
      assertThat(errors())
          .last()
          .isEqualTo("the answer was 401; the user or the password is wrong");
      assertThat(log.toString() + fixture.store.events().ofAccount("demo") + errors())
          .doesNotContain(PASSWORD, "Basic ");
      for (Path file :
          List.of(folder.resolve("store.sqlite"), folder.resolve("store.sqlite-wal"))) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("Kanarie");
      }
    }
  }

  private List<String> errors() {
    return fixture.store.pushes().list(true, 0, 9).stream()
        .map(one -> one.error().orElse(""))
        .toList();
  }

  static SSLContext context(KeyPair pair, X509Certificate certificate) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry("tls", pair.getPrivate(), new char[0], new Certificate[] {certificate});
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @Test
  void everyAnswerButASuccessIsTriedAgainAndOrdersAreKept() throws Exception {
    try (ScriptedReceiver receiver = new ScriptedReceiver(null)) {
      receiver.answers.addAll(
          List.of(
              "500 Internal Server Error",
              "302 Found\r\nLocation: /elsewhere",
              "CUT",
              "CUT-HEAD",
              "GARBAGE",
              "LONG-HEAD",
              "404 Not Found",
              "204 No Content",
              "FLOOD"));
      fixture.receiver("demo", receiver.url(), false);
      fixture.order("demo", Product.SSL, 7);
      fixture.issue(7, "chain-3");
      fixture.notifying.orders().revoke(7, Optional.empty(), PushFixture.TESTER);
      PushDelivery delivery = fixture.deliver(PushFixture.config());
      try (delivery) {
        fixture.awaitEmpty();
      }
      List<String> told = receiver.requests().stream().map(one -> one.text("status")).toList();
      assertThat(told).hasSize(9).endsWith("issued", "revoked");
      assertThat(told.subList(0, 8)).containsOnly("issued");
      assertThat(receiver.requests()).noneMatch(one -> one.line().contains("elsewhere"));
      assertThat(delivery.ended(PushOutcome.TAKEN)).isEqualTo(2);
      assertThat(delivery.ended(PushOutcome.REFUSED)).isGreaterThanOrEqualTo(3);
      assertThat(delivery.ended(PushOutcome.UNREACHABLE)).isGreaterThanOrEqualTo(2);
      assertThat(fixture.store.pushes().counts().failed()).isZero();
    }
  }

  @Test
  void aReceiverThatHangsHoldsUpNoOther() throws Exception {
    try (ScriptedReceiver hanging = new ScriptedReceiver(null);
        ScriptedReceiver well = new ScriptedReceiver(null)) {
      hanging.answers.addAll(Collections.nCopies(1_000, "HANG"));
      fixture.receiver("hanging", hanging.url(), false);
      fixture.receiver("well", well.url(), false);
      for (long number = 1; number <= 20; number++) {
        fixture.rejected("hanging", 100 + number);
        fixture.rejected("well", 200 + number);
      }
      PushConfig config =
          PushFixture.config(Optional.empty(), Duration.ofSeconds(1), Duration.ofDays(1));
      try (PushDelivery delivery = fixture.deliver(config)) {
        Await.until("the other is told all", () -> well.requests().size() == 20);
        Await.until("a time-out", () -> delivery.ended(PushOutcome.TIMEOUT) > 0);
      }
      assertThat(hanging.requests().size()).as("one at a time, then it rests").isLessThan(20);
      assertThat(well.orders())
          .containsExactlyElementsOf(
              LongStream.rangeClosed(201, 220).mapToObj(Long::toString).toList());
      assertThat(fixture.store.pushes().counts().waiting()).isEqualTo(20);
    }
  }

  @Test
  void threeTriesAreQuickThenTheyAreSlowUntilTheEnd() throws Exception {
    try (ScriptedReceiver receiver = new ScriptedReceiver(null)) {
      receiver.answers.addAll(Collections.nCopies(3, "503 Service Unavailable"));
      fixture.receiver("demo", receiver.url(), false);
      fixture.rejected("demo", 7);
      // As the vendor: three tries and no more.
      fixture.deliverAll(
          PushFixture.config(Optional.empty(), Duration.ofSeconds(5), Duration.ZERO));
      assertThat(receiver.requests()).hasSize(3);
      Notification given = fixture.store.pushes().list(true, 0, 9).get(0);
      assertThat(given.attempts()).isEqualTo(3);
      assertThat(given.error()).contains("the answer was 503");

      receiver.answers.addAll(Collections.nCopies(1_000, "503 Service Unavailable"));
      fixture.store.pushes().retry(OptionalLong.of(given.id()), PushFixture.TESTER);
      try (PushDelivery delivery = fixture.deliver(PushFixture.config())) {
        Await.until("slow tries", () -> receiver.requests().size() >= 8);
        assertThat(delivery.givenUp()).isZero();
      }
      Notification slow = fixture.store.pushes().list(false, 0, 9).get(0);
      assertThat(slow.failed()).isEmpty();
      // The next one is a day later.
      Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(2));
      try (PushFixture then = new PushFixture(folder.resolve("store.sqlite"), later);
          PushDelivery delivery = then.deliver(PushFixture.config(), later)) {
        then.awaitEmpty();
        assertThat(delivery.givenUp()).isEqualTo(1);
      }
    }
  }

  @Test
  void whatWasGivenUpIsNotToldAfterALaterChange() throws Exception {
    try (ScriptedReceiver receiver = new ScriptedReceiver(null)) {
      receiver.answers.addAll(Collections.nCopies(3, "400 Bad Request"));
      fixture.receiver("demo", receiver.url(), false);
      fixture.order("demo", Product.SSL, 7);
      fixture.issue(7, "chain-3");
      PushConfig config =
          PushFixture.config(Optional.empty(), Duration.ofSeconds(5), Duration.ZERO);
      fixture.deliverAll(config);
      fixture.notifying.orders().revoke(7, Optional.empty(), PushFixture.TESTER);
      fixture.deliverAll(config);
      fixture.store.pushes().retry(OptionalLong.empty(), PushFixture.TESTER);
      fixture.deliverAll(config);
      assertThat(receiver.requests()).hasSize(4);
      assertThat(receiver.requests().get(3).text("status")).isEqualTo("revoked");
      assertThat(errors()).singleElement().asString().contains("a later change");
    }
  }

  @Test
  void aTrialTellsTheStatusAndAFailureSaysWhy() throws Exception {
    try (ScriptedReceiver receiver = new ScriptedReceiver(null)) {
      fixture.receiver("demo", receiver.url(), true);
      long demo = fixture.account("demo");
      var settings = fixture.store.pushes().find(demo).orElseThrow();
      receiver.answers.addAll(List.of("202 Accepted", "403 Forbidden"));
      assertThat(
              PushDelivery.trial(
                  PushFixture.config(), fixture.store, () -> fixture.codes, demo, settings))
          .isEqualTo(202);
      assertThat(receiver.requests().get(0).arguments())
          .isEqualTo(Map.of("orderNumber", "0", "certificateID", "0", "eventType", "Test"));
      assertThatThrownBy(
              () ->
                  PushDelivery.trial(
                      PushFixture.config(), fixture.store, () -> fixture.codes, demo, settings))
          .hasMessage("the answer was 403");
      assertThatThrownBy(
              () ->
                  PushDelivery.trial(
                      PushConfig.DEFAULT, fixture.store, () -> fixture.codes, demo, settings))
          .isInstanceOfSatisfying(
              PushException.class, e -> assertThat(e.outcome()).isEqualTo(PushOutcome.FORBIDDEN));
      assertThat(receiver.requests()).hasSize(2);
    }
  }

  /**
   * A trial by the API once read the file of certificates again, and told of others than are used.
   */
  @Test
  void aTrialOfAServerTrustsWhatItsDeliveryTrusts() throws Exception {
    KeyPair pair = TlsFiles.keys("EC");
    X509Certificate own = TlsFiles.selfSigned(pair, Instant.now().plusSeconds(600));
    Path trusted =
        Files.writeString(folder.resolve("trusted.pem"), Pem.certificate(own.getEncoded()));
    PushConfig config =
        PushFixture.config(Optional.of(trusted), Duration.ofSeconds(5), Duration.ZERO);
    try (ScriptedReceiver receiver = new ScriptedReceiver(context(pair, own));
        PushDelivery delivery = fixture.deliver(config)) {
      fixture.receiver("demo", receiver.url(), false);
      long demo = fixture.account("demo");
      var settings = fixture.store.pushes().find(demo).orElseThrow();
      Files.delete(trusted);
      assertThat(delivery.trial(demo, settings)).isEqualTo(200);
    }
  }

  @Test
  void aStopWaitsForWhatIsUnderWayAndFreesAllReceivers() throws Exception {
    try (ScriptedReceiver slow = new ScriptedReceiver(null)) {
      slow.answers.addAll(Collections.nCopies(20, "SLOW"));
      for (int i = 0; i < 10; i++) {
        fixture.receiver("account" + i, slow.url(), false);
        fixture.rejected("account" + i, 100 + i);
      }
      PushDelivery delivery = fixture.deliver(PushFixture.config());
      Await.until("all connections are busy", () -> slow.requests().size() >= 4);
      delivery.close();
      assertThat(delivery.ended(PushOutcome.TAKEN)).isEqualTo(slow.requests().size());
      fixture.deliverAll(PushFixture.config());
      assertThat(slow.requests()).as("each once").hasSize(10);
    }
  }

  @Test
  void aRefusalOfOneNotificationHoldsUpNoOtherOfItsReceiver() throws Exception {
    try (ScriptedReceiver receiver = new ScriptedReceiver(null)) {
      receiver.answers.addAll(Collections.nCopies(3, "404 Not Found"));
      fixture.receiver("demo", receiver.url(), false);
      for (long number = 1; number <= 5; number++) {
        fixture.rejected("demo", number);
      }
      fixture.deliverAll(PushFixture.config());
      assertThat(receiver.orders().subList(0, 5)).containsExactly("1", "2", "3", "4", "5");
      assertThat(receiver.orders()).hasSize(8);
    }
  }

  @Test
  void aReceiverThatTakesNoConnectionIsUnreachable() throws Exception {
    int closed;
    try (ScriptedReceiver gone = new ScriptedReceiver(null)) {
      closed = gone.port();
    }
    try (PushClient client = PushFixture.client(PushFixture.config())) {
      PushUrl url = new PushUrl("http://127.0.0.1:" + closed + "/");
      assertThatThrownBy(
              () ->
                  client.send(new PushRequest(url, Optional.empty(), Map.of(), false), () -> true))
          .isInstanceOfSatisfying(
              PushException.class, e -> assertThat(e.outcome()).isEqualTo(PushOutcome.UNREACHABLE))
          .hasMessageContaining("no connection");
    }
  }
}
