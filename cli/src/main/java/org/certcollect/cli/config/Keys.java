package org.certcollect.cli.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.certcollect.admin.audit.AuditConfig;
import org.certcollect.server.config.CollectDialect;
import org.certcollect.server.config.MailConfig;
import org.certcollect.server.config.TlsConfig;
import org.certcollect.store.domain.MailAddress;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.MailKind;
import org.certcollect.store.jdbc.postgres.PostgresConfig;

public final class Keys {
  private static final List<Key<?>> ALL = new ArrayList<>();
  private static final Duration HUNDRED_MILLIS = Duration.ofMillis(100);
  private static final Duration HOUR = Duration.ofHours(1);

  static final Key<String> LISTEN_HOST =
      key("listen.host", Type.HOST, "0.0.0.0", "127.0.0.1", "Address that the server listens on");

  static final Key<Integer> HTTPS_PORT =
      key("https.port", Type.PORT, "8443", "443", "Port for HTTPS; 0 picks a free one");

  static final Key<OptionalInt> HTTP_PORT =
      key(
          "http.port",
          Type.PORT_OR_OFF,
          "8080",
          "80",
          "Port for plain HTTP; 0 picks a free one, off opens none");

  static final Key<Path> TLS_CERTIFICATE =
      key(
          "tls.certificate",
          Type.FILE,
          "",
          "/etc/certcollect/fullchain.pem",
          "PEM file with the server's certificate and its intermediates; without it the server"
              + " makes a self-signed certificate");

  static final Key<Path> TLS_KEY =
      key(
          "tls.key",
          Type.FILE,
          "",
          "/etc/certcollect/privkey.pem",
          "PEM file with the private key of tls.certificate, RSA or EC, without a passphrase");

  static final Key<Path> TLS_ALT_CERTIFICATE =
      key(
          "tls.alt-certificate",
          Type.FILE,
          "",
          "/etc/certcollect/rsa-fullchain.pem",
          "A second certificate, as PEM: RSA beside EC, or EC beside RSA; each client gets the EC"
              + " certificate if it can use it");

  static final Key<Path> TLS_ALT_KEY =
      key(
          "tls.alt-key",
          Type.FILE,
          "",
          "/etc/certcollect/rsa-privkey.pem",
          "PEM file with the private key of tls.alt-certificate");

  static final Key<Path> TLS_KEYSTORE =
      key(
          "tls.keystore",
          Type.FILE,
          "",
          "/etc/certcollect/host.p12",
          "PKCS#12 file with the key, the certificate and its intermediates, instead of the PEM"
              + " files; it may hold an RSA and an EC key");

  static final Key<Path> TLS_KEYSTORE_PASSWORD_FILE =
      key(
          "tls.keystore-password-file",
          Type.FILE,
          "",
          "/etc/certcollect/host.p12-password",
          "File with the password of tls.keystore");

  static {
    ALL.addAll(TokenKeys.ALL);
  }

  static final Key<TlsConfig.Profile> TLS_PROFILE =
      key(
          "tls.profile",
          Type.choice(TlsConfig.Profile.class),
          "intermediate",
          "modern",
          "Mozilla's TLS profile: intermediate has TLS 1.2 and 1.3, modern only 1.3");

  static final Key<Integer> CONNECTIONS =
      key(
          "limits.connections",
          Type.number(1, 1_000_000),
          "10000",
          "",
          "Maximum number of connections at one time");

  static final Key<Integer> HEADER_SIZE =
      key(
          "limits.header-size",
          Type.size(1 << 10, 1 << 20),
          "16KiB",
          "",
          "Maximum size of a request's header");

  static final Key<Duration> HEADER_DEADLINE =
      deadline(
          "limits.header-deadline",
          "10s",
          "Time from the start of a connection to a complete header");

  static final Key<Duration> BODY_DEADLINE =
      deadline("limits.body-deadline", "10s", "Time from a complete header to a complete body");

  static final Key<Duration> IDLE_TIMEOUT =
      deadline(
          "limits.idle-timeout",
          "30s",
          "Time from an answer to the next request on the connection");

  // A stop ends within 30 s, because service managers kill a process after that time.
  static final Key<Duration> DRAIN_DEADLINE =
      key(
          "limits.drain-deadline",
          Type.duration(HUNDRED_MILLIS, Duration.ofSeconds(25)),
          "20s",
          "",
          "Time that a stop waits for requests that have begun");

  static final Key<Integer> VERIFIED_ENTRIES =
      key(
          "auth.verified-entries",
          Type.number(1, 10_000_000),
          "100000",
          "",
          "Maximum number of verified logins in the cache");

  static final Key<Duration> VERIFIED_FOR =
      key(
          "auth.verified-for",
          Type.duration(Duration.ofSeconds(1), Duration.ofDays(1)),
          "10m",
          "",
          "Time that a verified login stays in the cache after its last use");

  static final Key<Integer> GUESSES_PER_LOGIN =
      key(
          "auth.guesses-per-login",
          Type.number(20, 1_000_000),
          "20",
          "",
          "Wrong guesses per minute from one source for one login, before it is throttled");

  static final Key<Integer> GUESSES_PER_SOURCE =
      key(
          "auth.guesses-per-source",
          Type.number(20, 1_000_000),
          "100",
          "",
          "Wrong guesses per minute from one source for all logins, before it is throttled");

  static final Key<Integer> AUTH_QUEUE =
      key(
          "auth.queue",
          Type.number(1, 100_000),
          "100",
          "",
          "Maximum number of password checks that wait for a core");

  static final Key<List<String>> PROXY_TRUSTED =
      key(
          "proxy.trusted",
          Type.NETWORKS,
          "",
          "10.0.0.0/8, 2001:db8::7",
          "Load balancers and reverse proxies whose X-Forwarded-For, X-Forwarded-Proto and"
              + " PROXY protocol are believed");

  static final Key<Boolean> PROXY_PROTOCOL =
      key(
          "proxy.protocol",
          Type.FLAG,
          "false",
          "true",
          "Whether each connection begins with a header of the PROXY protocol, version 1 or 2;"
              + " then only addresses in proxy.trusted may connect");

  static final Key<Boolean> CCC_GET =
      key(
          "collect.ccc-get",
          Type.FLAG,
          "false",
          "true",
          "Whether CollectCCC accepts GET; codes then stay in browser histories and other"
              + " servers' logs");

  static final Key<CollectDialect> DIALECT =
      key(
          "collect.dialect",
          Type.DIALECT,
          CollectDialect.V1_06.word(),
          CollectDialect.V1_22.word(),
          "Version of the protocol: 1.06 to the letter, or 1.22 for client programs that send"
              + " arguments of later versions");

  static final Key<Boolean> CODE_91 =
      key(
          "collect.code-91",
          Type.FLAG,
          "false",
          "true",
          "Whether dialect 1.22 answers a right login whose account may not use the endpoint with"
              + " -91 instead of -16; a guesser then learns that the password is right");

  static {
    ALL.addAll(PageKeys.ALL);
  }

  static final Key<OptionalInt> MANAGEMENT_PORT =
      key(
          "management.port",
          Type.PORT_OR_OFF,
          "off",
          "9443",
          "Port for health, metrics and the administrative interface; 0 picks a free one, off"
              + " opens none");

  static final Key<String> MANAGEMENT_HOST =
      key(
          "management.host",
          Type.HOST,
          "127.0.0.1",
          "0.0.0.0",
          "Address of the management port; beyond loopback it needs management.tls");

  static final Key<Boolean> MANAGEMENT_TLS =
      key(
          "management.tls",
          Type.FLAG,
          "false",
          "true",
          "Whether the management port speaks TLS, with the certificate of the HTTPS port");

  static final Key<String> NODE_NAME =
      key(
          "node.name",
          new Type<>(
              "1 to 64 letters, digits, dots, hyphens and underscores",
              text -> Optional.of(text).filter(AuditConfig::isNode)),
          "",
          "node1",
          "Name of this server in the audit log and in lists of servers, where each needs its own;"
              + " without it the host's name");

  static final Key<Integer> AUDIT_FILE_SIZE =
      key(
          "audit.file-size",
          Type.size(1 << 20, 1 << 30),
          "64MiB",
          "",
          "Size at which the audit log begins another file; a new day (UTC) begins one as well");

  static final Key<Duration> AUDIT_SYNC_INTERVAL =
      key(
          "audit.sync-interval",
          Type.duration(Duration.ZERO, Duration.ofMinutes(1)),
          "1s",
          "0s",
          "Time until a record of the audit log is forced to the disk; 0s forces each record before"
              + " its answer leaves");

  static final Key<Duration> AUDIT_HEAD_INTERVAL =
      key(
          "audit.head-interval",
          Type.duration(Duration.ofSeconds(1), Duration.ofDays(1)),
          "1m",
          "",
          "Time between two signed heads of the audit log in the ordinary log");

  static final Key<Boolean> AUDIT_COLLECTS =
      key(
          "audit.collects",
          Type.FLAG,
          "true",
          "false",
          "Whether the audit log records the requests of clients; it always records changes");

  static final Key<LogFormat> LOG_FORMAT =
      key(
          "log.format",
          Type.choice(LogFormat.class),
          "auto",
          "json",
          "Format of the log: json, text, or auto: text on a terminal and JSON Lines elsewhere");

  static final Key<Path> CODES_KEY_FILE =
      key(
          "codes.key-file",
          Type.FILE,
          "",
          "/etc/certcollect/collection-codes.key",
          "File of 32 bytes or more, with which collection codes are hashed; the same on every"
              + " server of a store; without it collection-codes.key in the data folder");

  static final Key<String> STORE_URL =
      add(
          Key.of(
                  "store.url",
                  Type.JDBC_URL,
                  "",
                  "jdbc:postgresql://db1,db2/certcollect?sslmode=verify-full",
                  "URL of a PostgreSQL database; without it the store is SQLite in the data folder")
              .masked(PostgresConfig::masked));

  static final Key<String> STORE_USER =
      key("store.user", Type.TEXT, "", "certcollect", "User of the database");

  static final Key<Path> STORE_PASSWORD_FILE =
      key(
          "store.password-file",
          Type.FILE,
          "",
          "/etc/certcollect/store-password",
          "File with the user's password");

  static final Key<String> STORE_PASSWORD =
      add(
          Key.of(
                  "store.password",
                  Type.TEXT,
                  "",
                  "correct horse",
                  "The user's password; accepted only in the environment")
              .masked(value -> "********"));

  static final Key<Integer> STORE_POOL_SIZE =
      key(
          "store.pool-size",
          Type.number(1, 1000),
          "10",
          "",
          "Maximum number of connections to PostgreSQL; a server uses one per core and 8 more at"
              + " most");

  static final Key<Duration> STORE_DEADLINE =
      key(
          "store.deadline",
          Type.duration(Duration.ofSeconds(1), Duration.ofMinutes(10)),
          "3s",
          "5s",
          "Time that a request waits for PostgreSQL");

  static final Key<String> MAIL_HOST =
      key(
          "mail.host",
          Type.HOST,
          "",
          "mail.example.com",
          "SMTP server that takes the e-mails; without it none are sent");

  static final Key<Integer> MAIL_PORT =
      key(
          "mail.port",
          Type.number(1, 65_535),
          "",
          "587",
          "Port of mail.host; without it 587, 465 for implicit TLS, or 25 without TLS");

  static final Key<MailConfig.Security> MAIL_TLS =
      key(
          "mail.tls",
          Type.choice(MailConfig.Security.class),
          "auto",
          "implicit",
          "starttls and implicit demand TLS and check the certificate, none is without it; auto is"
              + " none for a loopback address and otherwise starttls");

  static final Key<Path> MAIL_TRUSTED =
      key(
          "mail.trusted-certificates",
          Type.FILE,
          "",
          "/etc/certcollect/mail-ca.pem",
          "PEM file with the CA certificates to trust for mail.host, instead of those of the JDK");

  static final Key<String> MAIL_USER =
      key("mail.user", Type.MAIL_NAME, "", "certcollect", "User to log in as; without it no login");

  static final Key<Path> MAIL_PASSWORD_FILE =
      key(
          "mail.password-file",
          Type.FILE,
          "",
          "/etc/certcollect/mail-password",
          "File with the password of mail.user");

  static final Key<Duration> MAIL_TIMEOUT =
      key(
          "mail.timeout",
          Type.duration(HUNDRED_MILLIS, Duration.ofMinutes(5)),
          "30s",
          "",
          "Time to wait for each answer of mail.host, but for that to the end of a mail: ten"
              + " minutes");

  static final Key<Integer> MAIL_CONNECTIONS =
      key("mail.connections", Type.number(1, 20), "2", "", "Number of connections to mail.host");

  static final Key<MailAddress> MAIL_FROM =
      key(
          "mail.from",
          Type.MAIL_ADDRESS,
          "",
          "certificates@example.com",
          "Address that the e-mails come from");

  static final Key<String> MAIL_FROM_NAME =
      key("mail.from-name", Type.MAIL_NAME, "", "Example CA", "Name beside mail.from");

  static final Key<MailAddress> MAIL_REPLY_TO =
      key(
          "mail.reply-to",
          Type.MAIL_ADDRESS,
          "",
          "help@example.com",
          "Address for replies; without it mail.from");

  static final Key<Set<MailKind>> MAIL_KINDS =
      key(
          "mail.kinds",
          Type.MAIL_KINDS,
          "issued, ready, expiring, revoked",
          "issued, expiring",
          "Kinds of e-mail that are sent: placed, issued, ready, expiring, revoked");

  static final Key<String> MAIL_LANGUAGE =
      key(
          "mail.language",
          new Type<>(
              "two or three small letters",
              text -> Optional.of(text).filter(MailContact::isLanguage)),
          "en",
          "de",
          "Language of those who chose none");

  static final Key<Path> MAIL_TEMPLATES =
      key(
          "mail.templates",
          Type.FILE,
          "",
          "/etc/certcollect/mail",
          "Folder with templates that take the place of the built-in ones (docs/email.md)");

  static final Key<String> MAIL_COLLECT_URL =
      key(
          "mail.collect-url",
          Type.HTTP_URL,
          "",
          "https://certs.example.com/collect",
          "Address of the page that takes collection codes, for the link in an e-mail");

  static final Key<List<String>> PUSH_NETWORKS =
      key(
          "push.networks",
          Type.NETWORKS,
          "",
          "10.0.0.0/8",
          "Networks beyond the public internet that push notifications may go to, also by http://");

  static final Key<Path> PUSH_TRUSTED =
      key(
          "push.trusted-certificates",
          Type.FILE,
          "",
          "/etc/certcollect/push-ca.pem",
          "PEM file with the CA certificates to trust for push URLs, instead of those of the JDK");

  static final Key<Duration> PUSH_TIMEOUT =
      key(
          "push.timeout",
          Type.duration(HUNDRED_MILLIS, Duration.ofMinutes(1)),
          "10s",
          "",
          "Time that a push notification may take");

  static final Key<Integer> PUSH_CONNECTIONS =
      key("push.connections", Type.number(1, 100), "8", "", "Receivers that are told at a time");

  static final Key<Duration> PUSH_RETRY_FOR =
      key(
          "push.retry-for",
          Type.duration(Duration.ZERO, Duration.ofDays(7)),
          "1d",
          "",
          "Time until a push notification is given up; 0s for three tries only");

  static final List<Key<Path>> FILES =
      List.of(
          TLS_CERTIFICATE,
          TLS_KEY,
          TLS_ALT_CERTIFICATE,
          TLS_ALT_KEY,
          TLS_KEYSTORE,
          TLS_KEYSTORE_PASSWORD_FILE,
          TokenKeys.CONFIGURATION,
          TokenKeys.PIN_FILE,
          PageKeys.LOGO,
          CODES_KEY_FILE,
          STORE_PASSWORD_FILE,
          MAIL_TRUSTED,
          MAIL_PASSWORD_FILE,
          PUSH_TRUSTED);

  // No set: it would hash each key at every start, which takes a hundredth of a short verb.
  private static final List<Key<?>> LIVE =
      List.of(
          TLS_CERTIFICATE,
          TLS_KEY,
          TLS_ALT_CERTIFICATE,
          TLS_ALT_KEY,
          TLS_KEYSTORE,
          TLS_KEYSTORE_PASSWORD_FILE,
          TokenKeys.CONFIGURATION,
          TokenKeys.LABEL,
          TokenKeys.PIN_FILE,
          CONNECTIONS,
          HEADER_DEADLINE,
          BODY_DEADLINE,
          IDLE_TIMEOUT,
          DRAIN_DEADLINE,
          GUESSES_PER_LOGIN,
          GUESSES_PER_SOURCE,
          PROXY_TRUSTED,
          STORE_PASSWORD_FILE,
          MAIL_PORT,
          MAIL_TLS,
          MAIL_TRUSTED,
          MAIL_USER,
          MAIL_PASSWORD_FILE,
          MAIL_TIMEOUT,
          MAIL_FROM,
          MAIL_FROM_NAME,
          MAIL_REPLY_TO,
          MAIL_LANGUAGE,
          MAIL_TEMPLATES,
          MAIL_COLLECT_URL);

  /** The keys in the order in which they are declared and shown. */
  public static final KeyTable TABLE = new KeyTable(ALL, Map.of());

  private Keys() {}

  /** Whether a running server takes over another value at SIGHUP. Other keys need a restart. */
  static boolean isLive(Key<?> key) {
    return LIVE.contains(key);
  }

  private static Key<Duration> deadline(String name, String byDefault, String meaning) {
    return key(name, Type.duration(HUNDRED_MILLIS, HOUR), byDefault, "", meaning);
  }

  private static <T> Key<T> key(
      String name, Type<T> type, String byDefault, String example, String meaning) {
    return add(Key.of(name, type, byDefault, example, meaning));
  }

  private static <T> Key<T> add(Key<T> key) {
    ALL.add(key);
    return key;
  }
}
