package org.certcollect.cli.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.certcollect.server.config.TlsConfig;
import org.certcollect.store.jdbc.postgres.PostgresConfig;

/** Every key that certcollect knows. */
public final class Keys {
  private static final Duration HUNDRED_MILLIS = Duration.ofMillis(100);
  private static final Duration HOUR = Duration.ofHours(1);

  static final Key<String> LISTEN_HOST =
      Key.of("listen.host", Types.HOST, "0.0.0.0", "the address that the server listens on");

  static final Key<Integer> HTTPS_PORT =
      Key.of("https.port", Types.PORT, "8443", "the port for HTTPS; 0 picks a free one");

  static final Key<OptionalInt> HTTP_PORT =
      Key.of("http.port", Types.PORT_OR_OFF, "8080", "the port for plain HTTP; off for none");

  static final Key<Path> TLS_CERTIFICATE =
      Key.optional(
          "tls.certificate",
          Types.FILE,
          "PEM file: the server's certificate and its intermediates; without it a self-signed one");

  static final Key<Path> TLS_KEY =
      Key.optional("tls.key", Types.FILE, "PEM file: its private key, PKCS#8");

  static final Key<TlsConfig.Profile> TLS_PROFILE =
      Key.of(
          "tls.profile",
          Types.choice(TlsConfig.Profile.class),
          "intermediate",
          "Mozilla's profile: TLS 1.2 and 1.3, or 1.3 alone");

  static final Key<Integer> CONNECTIONS =
      Key.of("limits.connections", Types.number(1, 1_000_000), "10000", "connections at one time");

  static final Key<Integer> HEADER_SIZE =
      Key.of(
          "limits.header-size",
          Types.size(1 << 10, 1 << 20),
          "16KiB",
          "the most bytes of a request's header");

  static final Key<Duration> HEADER_DEADLINE =
      deadline("limits.header-deadline", "10s", "from a connection's start to a whole header");

  static final Key<Duration> BODY_DEADLINE =
      deadline("limits.body-deadline", "10s", "from a whole header to a whole body");

  static final Key<Duration> IDLE_TIMEOUT =
      deadline("limits.idle-timeout", "30s", "from an answer to the next request");

  // A stop is done within 30 s, which is what service managers allow before they kill.
  static final Key<Duration> DRAIN_DEADLINE =
      Key.of(
          "limits.drain-deadline",
          Types.duration(HUNDRED_MILLIS, Duration.ofSeconds(25)),
          "20s",
          "how long a stop waits for requests under way");

  static final Key<Integer> VERIFIED_ENTRIES =
      Key.of(
          "auth.verified-entries",
          Types.number(1, 10_000_000),
          "100000",
          "how many verified logins are remembered");

  static final Key<Duration> VERIFIED_FOR =
      Key.of(
          "auth.verified-for",
          Types.duration(Duration.ofSeconds(1), Duration.ofDays(1)),
          "10m",
          "how long each is remembered since its last use");

  static final Key<Integer> GUESSES_PER_LOGIN =
      Key.of(
          "auth.guesses-per-login",
          Types.number(20, 1_000_000),
          "20",
          "wrong guesses a minute from one source for one login before it is throttled");

  static final Key<Integer> GUESSES_PER_SOURCE =
      Key.of(
          "auth.guesses-per-source",
          Types.number(20, 1_000_000),
          "100",
          "wrong guesses a minute from one source, whatever the login");

  static final Key<Integer> AUTH_QUEUE =
      Key.of(
          "auth.queue",
          Types.number(1, 100_000),
          "100",
          "password checks that may wait for a core");

  static final Key<List<String>> PROXY_TRUSTED =
      Key.optional(
          "proxy.trusted",
          Types.NETWORKS,
          "proxies whose X-Forwarded-* and Forwarded are believed");

  static final Key<Boolean> CCC_GET =
      Key.of(
          "collect.ccc-get",
          Types.FLAG,
          "false",
          "whether CollectCCC takes GET, which leaves codes and passwords in other people's logs");

  static final Key<LogFormat> LOG_FORMAT =
      Key.of(
          "log.format",
          Types.choice(LogFormat.class),
          "auto",
          "JSON Lines or text; auto is text on a terminal, which java -jar does not know of");

  static final Key<Path> CODES_KEY_FILE =
      Key.optional(
          "codes.key-file",
          Types.FILE,
          "32 bytes or more that collection codes are hashed with, the same on every node of a"
              + " store; without it one in the data folder");

  static final Key<String> STORE_URL =
      Key.optional(
              "store.url",
              Types.JDBC_URL,
              "PostgreSQL: jdbc:postgresql://host[,host]/database; without it SQLite in the data"
                  + " folder")
          .masked(PostgresConfig::masked);

  static final Key<String> STORE_USER =
      Key.optional("store.user", Types.TEXT, "who logs in to PostgreSQL");

  static final Key<Path> STORE_PASSWORD_FILE =
      Key.optional("store.password-file", Types.FILE, "a file with that user's password");

  static final Key<String> STORE_PASSWORD =
      Key.secret("store.password", Types.TEXT, "that user's password; in the environment alone");

  static final Key<Integer> STORE_POOL_SIZE =
      Key.of(
          "store.pool-size",
          Types.number(1, 1000),
          "10",
          "the most connections of a server to PostgreSQL; it uses 8, and one for each core, at the"
              + " most");

  static final Key<Duration> STORE_DEADLINE =
      Key.of(
          "store.deadline",
          Types.duration(Duration.ofSeconds(1), Duration.ofMinutes(10)),
          "3s",
          "how long a request waits for PostgreSQL");

  /** The keys that name a file of the operator's. */
  static final List<Key<Path>> FILES =
      List.of(TLS_CERTIFICATE, TLS_KEY, CODES_KEY_FILE, STORE_PASSWORD_FILE);

  /** The keys in the order that they are shown in. */
  public static final KeyTable TABLE =
      new KeyTable(
          List.of(
              LISTEN_HOST,
              HTTPS_PORT,
              HTTP_PORT,
              TLS_CERTIFICATE,
              TLS_KEY,
              TLS_PROFILE,
              CONNECTIONS,
              HEADER_SIZE,
              HEADER_DEADLINE,
              BODY_DEADLINE,
              IDLE_TIMEOUT,
              DRAIN_DEADLINE,
              VERIFIED_ENTRIES,
              VERIFIED_FOR,
              GUESSES_PER_LOGIN,
              GUESSES_PER_SOURCE,
              AUTH_QUEUE,
              PROXY_TRUSTED,
              CCC_GET,
              LOG_FORMAT,
              CODES_KEY_FILE,
              STORE_URL,
              STORE_USER,
              STORE_PASSWORD_FILE,
              STORE_PASSWORD,
              STORE_POOL_SIZE,
              STORE_DEADLINE),
          Map.of());

  private Keys() {}

  private static Key<Duration> deadline(String name, String byDefault, String meaning) {
    return Key.of(name, Types.duration(HUNDRED_MILLIS, HOUR), byDefault, meaning);
  }
}
