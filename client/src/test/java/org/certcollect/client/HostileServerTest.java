package org.certcollect.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.certcollect.client.CollectAnswer.Refused;
import org.certcollect.client.ConnectionFailedException.Reason;
import org.certcollect.client.InvalidAnswerException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against servers that do what no server should. */
@Timeout(60)
class HostileServerTest {
  private static final String PASSWORD = "canary-pass-77e1";
  private static final CollectQuery<CertificateChain> QUERY =
      CollectQuery.serverCertificate(AccountLogin.of("canary-login", PASSWORD), 5);

  @Test
  void endlessAnswerIsNotReadToTheEnd() throws Exception {
    byte[] block = new byte[1 << 16];
    try (HostileServer server =
        new HostileServer(
            (request, out) -> {
              out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
              while (true) {
                out.write(block);
              }
            })) {
      CollectClient client = server.builder().build();

      assertThatThrownBy(() -> client.collect(QUERY))
          .isInstanceOfSatisfying(
              InvalidAnswerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TOO_LARGE));
    }
  }

  @Test
  void answerOfTheMaximumSizeIsTakenAndOneByteMoreIsNot() throws Exception {
    try (HostileServer server = HostileServer.answering("0\n")) {
      assertThat(server.builder().maxBytes(2).build().collect(QUERY).code()).isZero();
      CollectClient small = server.builder().maxBytes(1).build();
      assertThatThrownBy(() -> small.collect(QUERY)).isInstanceOf(InvalidAnswerException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "<html><body>Welcome</body></html>",
        "3\n",
        "99999999999999999999\n",
        "0x2\n",
        "errorCode=&orderNumber=5",
        "errorCode=7",
        "\u0000\u0001\u0002\u00ff"
      })
  void garbageIsNotTheProtocol(String body) throws Exception {
    try (HostileServer server = HostileServer.answering(body)) {
      CollectClient client = server.builder().build();

      assertThatThrownBy(() -> client.collect(QUERY))
          .isInstanceOfSatisfying(
              InvalidAnswerException.class,
              e -> assertThat(e.kind()).isEqualTo(Kind.NOT_THE_PROTOCOL));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void redirectIsNotFollowed(int status) throws Exception {
    try (HostileServer target = HostileServer.answering("0\n");
        HostileServer server =
            new HostileServer(
                (request, out) ->
                    out.write(
                        ("HTTP/1.1 "
                                + status
                                + " Moved\r\nLocation: "
                                + target.url()
                                + "\r\nContent-Length: 0\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII)))) {
      CollectClient client = server.builder().build();

      HttpStatusException failure =
          catchThrowableOfType(HttpStatusException.class, () -> client.collect(QUERY));

      assertThat(failure.httpStatus()).isEqualTo(status);
      assertThat(failure.isTemporary()).isFalse();
      assertThat(target.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 500, 502, 503})
  void otherHttpStatusIsAFailureWhateverTheBodySays(int status) throws Exception {
    try (HostileServer server =
        new HostileServer(
            (request, out) ->
                out.write(
                    ("HTTP/1.1 " + status + " No\r\nConnection: close\r\n\r\n0\n")
                        .getBytes(StandardCharsets.US_ASCII)))) {
      CollectClient client = server.builder().build();

      HttpStatusException failure =
          catchThrowableOfType(HttpStatusException.class, () -> client.collect(QUERY));

      assertThat(failure.httpStatus()).isEqualTo(status);
      assertThat(failure.isTemporary()).isEqualTo(status >= 500);
    }
  }

  @Test
  void connectionThatBreaksIsTriedOnceMore() throws Exception {
    for (String begun : new String[] {"", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n2\n--"}) {
      try (HostileServer server =
          new HostileServer(
              (request, out) -> out.write(begun.getBytes(StandardCharsets.US_ASCII)))) {
        CollectClient client = server.builder().build();

        assertThatThrownBy(() -> client.collect(QUERY))
            .isInstanceOfSatisfying(
                ConnectionFailedException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.BROKEN));
        assertThat(server.requests()).hasSize(2);
      }
    }
  }

  /** Broke once: the second request had the whole timeout again. */
  @Test
  void secondRequestHasOnlyTheTimeThatTheFirstLeft() throws Exception {
    AtomicLong time = new AtomicLong();
    try (HostileServer server =
        new HostileServer(
            (request, out) -> {
              if (time.getAndAdd(Duration.ofSeconds(30).toNanos()) > 0) {
                out.write(
                    "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n0\n"
                        .getBytes(StandardCharsets.US_ASCII));
              }
            })) {
      HttpClient http =
          HttpClient.newBuilder()
              .sslContext(ServerTrust.pem(TestAuthority.ROOT_PEM).context())
              .build();
      Exchange exchange = new Exchange(http, Duration.ofSeconds(30), 1_000, time::get);

      assertThatThrownBy(() -> exchange.post(server.url(), QUERY.body()))
          .isInstanceOfSatisfying(
              ConnectionFailedException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
    }
  }

  @Test
  void answerThatNeverEndsIsGivenUp() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    for (String begun : new String[] {"", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n2\n--"}) {
      try (HostileServer server =
          new HostileServer(
              (request, out) -> {
                out.write(begun.getBytes(StandardCharsets.US_ASCII));
                out.flush();
                end.await();
              })) {
        CollectClient client = server.builder().timeout(Duration.ofMillis(300)).build();

        assertThatThrownBy(() -> client.collect(QUERY))
            .isInstanceOfSatisfying(
                ConnectionFailedException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
      }
    }
    end.countDown();
  }

  @Test
  void interruptEndsARequest() throws Exception {
    Thread caller = Thread.currentThread();
    CountDownLatch end = new CountDownLatch(1);
    try (HostileServer server =
        new HostileServer(
            (request, out) -> {
              caller.interrupt();
              end.await();
            })) {
      CollectClient client = server.builder().build();

      assertThatThrownBy(() -> client.collect(QUERY)).isInstanceOf(InterruptedException.class);
    } finally {
      end.countDown();
    }
  }

  /** A server that is asked knows the secrets, and may send them back anywhere. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n-2\n'%s' is an unrecognised argument!\n",
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nerrorCode=-3&errorMessage=%s&%s=%s",
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n%s\n",
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n2\n%s\n",
        "HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\n0\n",
        "HTTP/1.1 302 %s\r\nLocation: https://localhost/%s\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 %s\r\n\r\n",
        "%s: %s\r\n\r\n"
      })
  void secretThatIsSentBackIsNotShown(String answer) throws Exception {
    try (HostileServer server =
        new HostileServer(
            (request, out) ->
                out.write(
                    answer
                        .replace("%s", PASSWORD + " canary-login")
                        .getBytes(StandardCharsets.US_ASCII)))) {
      CollectClient client = server.builder().build();
      StringWriter shown = new StringWriter();

      Throwable failure =
          catchThrowable(
              () -> {
                CollectAnswer<CertificateChain> refused = client.collect(QUERY);
                shown.append(refused.toString());
                refused.orElseThrow();
              });
      failure.printStackTrace(new PrintWriter(shown, true));

      assertThat(shown.toString() + client + QUERY + failure.getMessage())
          .contains("Exception")
          .doesNotContain("canary-");
    }
  }

  /** Broke once: a secret was masked only as a text of ASCII with four characters or more. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "p\u00e4ssw\u00f6rd",
        "\u65e5\u672c\u8a9e-word",
        "a+b&c d%word",
        "word\n",
        "abc",
        "\u00e9"
      })
  void secretOfAnyKindThatIsSentBackIsMasked(String secret) throws Exception {
    CollectQuery<CertificateChain> query =
        CollectQuery.serverCertificate(AccountLogin.of("canary-login", secret), 5);
    String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    String utf8 = new String(secret.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    for (String answer :
        List.of(
            "-2\n'" + utf8 + "' is 7\n",
            "-2\n'" + encoded + "' is 7\n",
            "-2\n'" + encoded.toLowerCase(Locale.ROOT) + "' is 7\n",
            "errorCode=-2&errorMessage='" + encoded + "'+is+7")) {
      Refused<?> refused =
          (Refused<?>) new AnswerReader<>(query).read(answer.getBytes(StandardCharsets.ISO_8859_1));
      assertThat(refused.message()).as(answer).matches("(\\W*\\[masked\\]\\W*( is 7)?)+");
    }
  }

  @Test
  void textOfARefusalIsBoundedAndPrintable() throws Exception {
    try (HostileServer server =
        HostileServer.answering("-99\n\u001b[31mred\u0085" + "x".repeat(100_000) + "\n")) {
      Refused<?> refused = (Refused<?>) server.builder().build().collect(QUERY);

      assertThat(refused.code()).isEqualTo(-99);
      assertThat(refused.status()).isEmpty();
      assertThat(refused.message()).startsWith("?[31mred?xxx").hasSize(300);
    }
  }

  @Test
  void passwordIsInNoText() {
    AccountLogin login = AccountLogin.of("canary-login", PASSWORD);
    String code = "canary-code";

    assertThat(
            login.toString()
                + CollectQuery.serverCertificate(login, 5).withDetails()
                + CollectQuery.clientCertificate(code))
        .doesNotContain("canary-");
  }
}
