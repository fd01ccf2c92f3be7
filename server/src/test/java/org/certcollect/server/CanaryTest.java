package org.certcollect.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.certcollect.admin.ApiAccess;
import org.certcollect.admin.audit.AuditConfig;
import org.certcollect.server.config.AuthConfig;
import org.certcollect.server.config.ListenConfig;
import org.certcollect.server.config.MailConfig;
import org.certcollect.server.config.ManagementConfig;
import org.certcollect.server.config.ProxyConfig;
import org.certcollect.server.config.TlsConfig;
import org.certcollect.server.mail.MailFixture;
import org.certcollect.server.mail.ScriptedSmtp;
import org.certcollect.server.push.ScriptedReceiver;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.SoftHsm;
import org.certcollect.server.testing.TestLog;
import org.certcollect.server.testing.TestServer;
import org.certcollect.server.testing.TestServer.Settings;
import org.certcollect.store.ApiCredential;
import org.certcollect.store.NewOrder;
import org.certcollect.store.Store;
import org.certcollect.store.domain.MailAddress;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.MailKind;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.PushSettings;
import org.certcollect.store.domain.PushUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything that a caller sends is a canary: none may sing in a log line, whoever wrote it and
 * however finely, nor in the body of an answer. The one exception is the login of an account in the
 * line of its request.
 */
class CanaryTest {
  private static final String LOGIN = "KanarieLogin";
  private static final String IMPORTED = "KanarieImport";
  private static final String PASSWORD = "KanariePassword";
  private static final String CODE = "KanarieCode";
  private static final String FORM = Forms.status(LOGIN, PASSWORD, 7);
  private static final String QUERY = "?" + FORM + "&KanarieQuery=1";
  private static final String BY_CODE = Forms.code(CODE);
  private static final String ADDRESS = "kanarie@example.com";

  private final List<String> answers = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noSecretIsEverWritten(boolean json, @TempDir Path data, @TempDir Path secrets)
      throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    Path password = Files.writeString(secrets.resolve("password"), PASSWORD);
    try (TestLog log = (json ? TestLog.json() : TestLog.text()).everything();
        ScriptedSmtp smtp = new ScriptedSmtp(null, "sender " + PASSWORD);
        ScriptedReceiver receiver = new ScriptedReceiver(null);
        PrintStream stream = new PrintStream(printed, true, UTF_8)) {
      System.setOut(stream);
      System.setErr(stream);
      Settings settings =
          Settings.DEFAULT
              .with(new ProxyConfig(List.of("10.0.0.0/8")))
              .with(new AuthConfig(1_000, Duration.ofMinutes(10), 20, 40, 100))
              .with(new ManagementConfig("127.0.0.1", OptionalInt.of(0), false, Optional.empty()));
      MailConfig mail = MailFixture.login(smtp.port(), password);
      AuditConfig audit = AuditConfig.of("node");
      try (TestServer server = TestServer.audited(settings, data, audit, Optional.of(mail))) {
        server.quickAccount(LOGIN, PASSWORD);
        String bcrypt = OpenBSDBCrypt.generate(PASSWORD.toCharArray(), new byte[16], 4);
        server
            .store()
            .accounts()
            .add(IMPORTED, new PasswordHash(bcrypt), Set.of(Product.SSL), TestServer.TESTER);
        server.order(LOGIN, Product.SSL, 7);
        server.order(LOGIN, Product.CCC, 8);
        server.store().orders().setCode(8, server.hashCode(CODE), TestServer.TESTER);
        mail(server, smtp);
        push(server, receiver);
        pushByApi(server, receiver);
        for (String request : requests()) {
          send(RawConnection.https(server), request);
          send(RawConnection.http(server), request);
          send(RawConnection.plain(server.httpsPort()), request);
          RawConnection.https(server).send(request).reset();
          RawConnection.https(server).send(request.substring(0, request.length() / 2)).reset();
        }
        searchOnThePage(server);
        guess(server, 45);
        server.store().close();
        for (String request : requests()) {
          send(RawConnection.https(server), request);
        }
        guess(server, 201);
      }
      if (json) {
        // Text has no name of the logger.
        assertThat(log.lines("io.netty")).as("libraries log here, too").isNotEmpty();
      }
      assertThat(log.lines("The store is unavailable")).isNotEmpty();
      assertThat(log.lines("Answered")).hasSizeGreaterThan(50);
      assertThat(log.lines("Too many wrong guesses from one source")).isNotEmpty();
      assertThat(log.lines("Too many wrong guesses at the password of one account")).isNotEmpty();
      assertThat(log.lines("Too many wrong collection codes")).isNotEmpty();
      assertThat(log.lines("An account is suspended at a source")).isNotEmpty();
      assertThat(log.lines("Collection codes are suspended at a source")).isNotEmpty();
      assertThat(log.lines("Sent a mail")).hasSize(1);
      assertThat(log.lines("A mail could not be sent, and is given up")).hasSize(1);
      assertThat(log.lines("Sent a push notification")).hasSize(1);
      assertThat(log.lines("A push notification was not taken")).hasSize(1);
      assertThat(log.lines("Log lines were dropped")).as("or a canary may be among them").isEmpty();
      String login = "(" + LOGIN + "|" + IMPORTED + ")";
      String known = json ? "\"login\":\"" + login + "\"" : "(?m) login=" + login + "$";
      assertThat(log.toString())
          .as("an imported hash")
          .doesNotContain("$2y$04$", "$argon2id$v=19$m=19456");
      assertThat(log.toString()).containsPattern(known);
      assertThatTheAuditLogHasLoginsOnly(data);
      assertThatNoCanarySingsIn(log.toString().replaceAll(known, ""));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    assertThatNoCanarySingsIn(printed.toString(UTF_8));
    assertThat(answers).hasSizeGreaterThan(50);
    answers.forEach(answer -> assertThatNoCanarySingsIn(bodies(answer)));
  }

  @Test
  void thePinOfATokenIsNeverWritten(@TempDir Path secrets) throws Exception {
    SoftHsm token = SoftHsm.in(secrets);
    ListenConfig listen = new ListenConfig("127.0.0.1", 0, OptionalInt.empty());
    TlsConfig tls = new TlsConfig(List.of(token.key("rsa")), TlsConfig.Profile.INTERMEDIATE);
    try (TestLog log = TestLog.json().everything()) {
      assertThat(CollectServer.problems(listen, ManagementConfig.OFF, Optional.of(tls))).isEmpty();
      token.logOut();
      Files.writeString(token.pin(), "KanarieGuess");
      List<String> problems =
          CollectServer.problems(listen, ManagementConfig.OFF, Optional.of(tls));
      assertThat(problems).singleElement().asString().contains("is wrong (CKR_PIN_INCORRECT)");
      assertThatNoCanarySingsIn(problems + log.toString());
    }
  }

  private static String token(TestServer server, ApiCredential.Scope scope) {
    return new ApiAccess(server.store(), TestServer.TESTER, Clock.systemUTC())
        .addToken(scope.name(), Set.of(scope), Duration.ofDays(1))
        .token()
        .orElseThrow();
  }

  /** Sets a push password by the admin API, whose answers are kept to be sent again. */
  private void pushByApi(TestServer server, ScriptedReceiver receiver) throws IOException {
    server.quickAccount("acme", PASSWORD);
    String url = "\"url\":\"http://127.0.0.1:" + receiver.port() + "/\"";
    String login = "Authorization: Bearer " + token(server, ApiCredential.Scope.ACCOUNTS);
    String key = "Idempotency-Key: " + PASSWORD.repeat(2);
    String json = "Content-Type: application/json";
    String path = "/v1/accounts/acme/push";
    String password = ",\"user\":\"me\",\"password\":\"" + PASSWORD + "\"";
    for (String request :
        List.of(
            Forms.post(path, "{" + url + password + "}", login, key, json),
            Forms.post(path, "{" + url + password + "}", login, key, json),
            Forms.post(path, "{" + url + password + ",\"user\":5}", login, json),
            Forms.post(path, "{" + url + password + ",\"" + PASSWORD, login, json),
            Forms.post(path, "{" + url.replace("//", "//me:" + PASSWORD + "@") + "}", login, json),
            Forms.post(path, "{" + url.replace("/\"", "/#" + PASSWORD + "\"") + "}", login, json),
            Forms.head("GET", path, login) + "\r\n",
            Forms.post(path + "/test", "", login))) {
      try (RawConnection connection = RawConnection.plain(server.managementPort())) {
        answers.add(connection.send(request).read().body());
      }
    }
    assertThat(answers.get(1)).contains("\"password\":true").isEqualTo(answers.get(0));
    assertThat(answers.get(6)).contains("\"password\":true");
    assertThat(answers.get(7)).contains("push-not-taken", "the answer was 401");
  }

  /** Searches as an operator, whose page alone repeats what was searched for. */
  private void searchOnThePage(TestServer server) throws IOException {
    String token = token(server, ApiCredential.Scope.READ);
    for (String password : List.of("KanarieToken", token)) {
      byte[] pair = ("KanarieUser:" + password).getBytes(ISO_8859_1);
      String login = "Authorization: Basic " + Base64.getEncoder().encodeToString(pair);
      String search = Forms.post("/?KanarieQuery", "q=KanarieSearch", login);
      try (RawConnection connection = RawConnection.plain(server.managementPort())) {
        assertThat(connection.send(search).read().body())
            .contains(password.equals(token) ? "KanarieSearch" : "Unauthorized");
      }
    }
    try (RawConnection connection = RawConnection.plain(server.managementPort())) {
      assertThat(connection.send(Forms.head("GET", "/") + "\r\n").read().body())
          .as("it counts the mails")
          .contains("E-mails that wait</th><td>0</td>", "E-mails that failed</th>");
    }
    send(
        RawConnection.plain(server.managementPort()),
        Forms.post("/", "q=KanarieSearch", "Authorization: Basic KanarieHeader"));
  }

  /** Has a code mailed, by a server that repeats what it was told. */
  private static void mail(TestServer server, ScriptedSmtp smtp) {
    String code = CODE + "Mail";
    smtp.failures.add("RCPT 550 5.1.1 " + ADDRESS + " of " + PASSWORD);
    Store mailing = server.store().mailing(EnumSet.allOf(MailKind.class), () -> {});
    MailContact people =
        new MailContact(Optional.of(new MailAddress(ADDRESS)), Optional.empty(), false);
    mailing
        .orders()
        .add(
            new NewOrder(
                LOGIN,
                Product.CCC,
                OptionalLong.of(9),
                true,
                Optional.empty(),
                Optional.of(server.hashCode(code)),
                people,
                Optional.of(server.codes().seal(code))),
            TestServer.TESTER);
    mailing.orders().issue(9, MailFixture.chain(mailing, "chain-3"), TestServer.TESTER);
    server.reloadTls();
    Await.until("they are sent", () -> server.store().outbox().counts().waiting() == 0);
    assertThat(smtp.mails()).singleElement().asString().contains(code);
  }

  /** Has a change told to a URL with secrets, by a receiver that repeats them. */
  private static void push(TestServer server, ScriptedReceiver receiver) {
    String repeated = " " + PASSWORD + "\r\nX-Repeated: " + PASSWORD;
    receiver.answers.add("200" + repeated);
    receiver.answers.addAll(Collections.nCopies(20, "401" + repeated));
    PushUrl url =
        new PushUrl("http://127.0.0.1:" + receiver.port() + "/" + PASSWORD + "?key=" + PASSWORD);
    long account = server.store().accounts().find(LOGIN).orElseThrow().id();
    byte[] sealed = server.codes().sealPassword(PASSWORD, account, url);
    PushSettings settings =
        new PushSettings(url, Optional.of(PASSWORD), Optional.of(sealed), false);
    server.store().pushes().set(account, Optional.of(settings), TestServer.TESTER);
    Store notifying = server.store().mailing(Set.of(), () -> {});
    for (long number : new long[] {10, 11}) {
      server.order(LOGIN, Product.SSL, number);
      notifying.orders().reject(number, Optional.empty(), TestServer.TESTER);
    }
    server.reloadTls();
    Await.until(
        "one is taken and one refused",
        () ->
            server.store().pushes().list(false, 0, 9).stream()
                .map(one -> one.error().orElse(""))
                .toList()
                .equals(List.of("the answer was 401; the user or the password is wrong")));
  }

  /**
   * The audit log keeps each login that was attempted, and the address of a mail, and nothing else
   * that was sent.
   */
  private static void assertThatTheAuditLogHasLoginsOnly(Path data) throws IOException {
    StringBuilder audit = new StringBuilder();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        audit.append(Files.readString(file));
      }
    }
    assertThat(audit)
        .contains("\"login\":\"" + LOGIN + "\"", "\"reason\":\"THROTTLED\"")
        .contains("\"argument\":\"(unknown)\"")
        .contains("placed to " + ADDRESS, " of ********", "ready to " + ADDRESS);
    assertThatNoCanarySingsIn(
        audit.toString().replaceAll("\"login\":\"[^\"]*\"", "").replace(ADDRESS, ""));
  }

  private static void assertThatNoCanarySingsIn(String text) {
    String hex = HexFormat.of().formatHex("Kanarie".getBytes(ISO_8859_1));
    assertThat(text.toLowerCase(Locale.ROOT).lines())
        .noneMatch(line -> line.contains("kanarie") || line.contains(hex));
  }

  /** The bodies alone: Vert.x repeats a wrong HTTP version to whoever sent it. */
  private static String bodies(String answer) {
    return answer.replace("KANARIE/1.1 501 Not Implemented", "");
  }

  private void send(RawConnection connection, String request) throws IOException {
    try (connection) {
      try {
        connection.send(request).endOutput();
      } catch (IOException alreadyClosed) {
        // It is the server's to close; what it said is read below.
      }
      try {
        answers.add(connection.readAll());
      } catch (IOException noTls) {
        answers.add("");
      }
    }
  }

  /** Makes wrong guesses: 45 throttle the source, 201 suspend even the right password and code. */
  private static void guess(TestServer server, int times) throws IOException {
    try (RawConnection connection = RawConnection.https(server)) {
      for (int i = 0; i < times; i++) {
        connection.post(Forms.CCC, Forms.code(CODE + i));
        connection.post(Forms.SSL, Forms.status(LOGIN, PASSWORD + i, 7));
      }
    }
  }

  private static List<String> requests() {
    String multipart =
        String.join(
            "\r\n",
            "--KanarieB",
            "Content-Disposition: form-data; name=\"KanarieName\"",
            "",
            "KanarieValue",
            "");
    return List.of(
        Forms.post(Forms.SSL, FORM),
        Forms.post(Forms.SSL + QUERY, ""),
        Forms.post(Forms.CCC, BY_CODE),
        Forms.post(Forms.CCC + "?" + BY_CODE, FORM),
        Forms.post(Forms.SSL, Forms.status(LOGIN, PASSWORD + "Wrong", 7)),
        Forms.post(Forms.SSL, Forms.status(IMPORTED, PASSWORD, 7)),
        Forms.post(Forms.SSL, Forms.status(IMPORTED, PASSWORD + "Wrong", 7)),
        Forms.post(Forms.SSL, Forms.status(LOGIN + "Unknown", PASSWORD, 7)),
        Forms.post(Forms.CCC, Forms.code(CODE + "Wrong")),
        Forms.post(Forms.SSL, FORM + "&KanarieName=KanarieValue"),
        Forms.post(Forms.SSL, FORM + "&responseType=KanarieValue"),
        Forms.post(Forms.CCC, BY_CODE + "&responseMimeType=Kanarie/%0d%0aKanarie:1"),
        Forms.post(Forms.SSL, FORM + "&loginPassword=%Kanarie%"),
        Forms.post(Forms.SSL, "loginName=Kanarie%00%ff&" + FORM),
        Forms.post(Forms.SSL, multipart, "Content-Type: multipart/form-data; boundary=KanarieB"),
        Forms.post(Forms.SSL, FORM, "Content-Type: text/plain; charset=KanarieCharset"),
        Forms.post("/collect", "code=" + CODE),
        Forms.post("/collect", "code=" + CODE + "&format=pem&KanarieName=KanarieValue"),
        Forms.post("/collect", "code=" + CODE + "Wrong&format=Kanarie"),
        Forms.post("/collect?code=" + CODE, "code=" + CODE + CODE, "Accept-Language: Kanarie"),
        Forms.post("/collect", multipart, "Content-Type: multipart/form-data; boundary=KanarieB"),
        Forms.head("GET", "/collect?code=" + CODE, "Accept-Language: Kanarie;q=") + "\r\n",
        Forms.post("/KanariePath" + QUERY, FORM),
        Forms.post("http://Kanarie.example" + Forms.SSL + QUERY, FORM),
        Forms.head("GET", Forms.SSL + QUERY) + "\r\n",
        Forms.head("KanarieMethod", Forms.SSL + QUERY) + "\r\n",
        Forms.post(Forms.SSL, FORM, "Authorization: Basic KanarieHeader", "Cookie: Kanarie=1"),
        Forms.post(Forms.SSL, FORM, "X-Forwarded-For: Kanarie", "Forwarded: for=Kanarie"),
        Forms.post(Forms.SSL, "loginName=" + "Kanarie".repeat(4_000)),
        Forms.post(Forms.SSL + "?" + "Kanarie".repeat(4_000), ""),
        Forms.post(Forms.SSL, FORM, "X: " + "Kanarie".repeat(4_000)),
        Forms.post(Forms.SSL + "?Kanarie Query", FORM),
        Forms.post(Forms.SSL + "?Kanarie\0Query", FORM),
        Forms.post(Forms.SSL, FORM, "Kanarie Header: Kanarie"),
        Forms.post(Forms.SSL, FORM, "KanarieHeader: Kanarie\0"),
        Forms.post(Forms.SSL, FORM, "Content-Length: Kanarie"),
        Forms.post(Forms.SSL, FORM, "Transfer-Encoding: Kanarie"),
        Forms.post(Forms.SSL, FORM, "Transfer-Encoding: chunked, Kanarie"),
        Forms.post(Forms.SSL, FORM, "Host: Kanarie"),
        Forms.post(Forms.SSL, FORM, "Expect: Kanarie"),
        Forms.head("POST", Forms.SSL + QUERY, "Transfer-Encoding: chunked") + "\r\nKanarie\r\n",
        Forms.head("POST", Forms.SSL, "Content-Length: 99") + "\r\nKanarieTruncated",
        "POST " + Forms.SSL + QUERY + " KANARIE/1.1\r\n\r\n",
        "POST " + Forms.SSL + QUERY + "\r\n\r\n",
        "Kanarie Kanarie Kanarie\r\n\r\n",
        "Kanarie\r\n\r\n");
  }
}
