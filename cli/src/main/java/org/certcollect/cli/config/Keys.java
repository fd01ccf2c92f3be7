package org.certcollect.cli.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.certcollect.server.config.TlsConfig;
import org.certcollect.store.jdbc.postgres.PostgresConfig;

/** All keys of the configuration. */
public final class Keys {
  private static final Duration HUNDRED_MILLIS = Duration.ofMillis(100);
  private static final Duration HOUR = Duration.ofHours(1);

  static final Key<String> LISTEN_HOST =
      Key.of("listen.host", Types.HOST, "0.0.0.0", "Address that the server listens on")
          .example("127.0.0.1");

  static final Key<Integer> HTTPS_PORT =
      Key.of("https.port", Types.PORT, "8443", "Port for HTTPS; 0 picks a free one").example("443");

  static final Key<OptionalInt> HTTP_PORT =
      Key.of(
              "http.port",
              Types.PORT_OR_OFF,
              "8080",
              "Port for plain HTTP; 0 picks a free one, off opens none")
          .example("80");

  static final Key<Path> TLS_CERTIFICATE =
      Key.optional(
              "tls.certificate",
              Types.FILE,
              "PEM file with the server's certificate and its intermediates; without it the server"
                  + " makes a self-signed certificate")
          .example("/etc/certcollect/fullchain.pem");

  static final Key<Path> TLS_KEY =
      Key.optional(
              "tls.key", Types.FILE, "PEM file with the private key of tls.certificate, PKCS#8")
          .example("/etc/certcollect/privkey.pem");

  static final Key<TlsConfig.Profile> TLS_PROFILE =
      Key.of(
              "tls.profile",
              Types.choice(TlsConfig.Profile.class),
              "intermediate",
              "Mozilla's TLS profile: intermediate has TLS 1.2 and 1.3, modern only 1.3")
          .example("modern");

  static final Key<Integer> CONNECTIONS =
      Key.of(
          "limits.connections",
          Types.number(1, 1_000_000),
          "10000",
          "Maximum number of connections at one time");

  static final Key<Integer> HEADER_SIZE =
      Key.of(
          "limits.header-size",
          Types.size(1 << 10, 1 << 20),
          "16KiB",
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
      Key.of(
          "limits.drain-deadline",
          Types.duration(HUNDRED_MILLIS, Duration.ofSeconds(25)),
          "20s",
          "Time that a stop waits for requests that have begun");

  static final Key<Integer> VERIFIED_ENTRIES =
      Key.of(
          "auth.verified-entries",
          Types.number(1, 10_000_000),
          "100000",
          "Maximum number of verified logins in the cache");

  static final Key<Duration> VERIFIED_FOR =
      Key.of(
          "auth.verified-for",
          Types.duration(Duration.ofSeconds(1), Duration.ofDays(1)),
          "10m",
          "Time that a verified login stays in the cache after its last use");

  static final Key<Integer> GUESSES_PER_LOGIN =
      Key.of(
          "auth.guesses-per-login",
          Types.number(20, 1_000_000),
          "20",
          "Wrong guesses per minute from one source for one login, before it is throttled");

  static final Key<Integer> GUESSES_PER_SOURCE =
      Key.of(
          "auth.guesses-per-source",
          Types.number(20, 1_000_000),
          "100",
          "Wrong guesses per minute from one source for all logins, before it is throttled");

  static final Key<Integer> AUTH_QUEUE =
      Key.of(
          "auth.queue",
          Types.number(1, 100_000),
          "100",
          "Maximum number of password checks that wait for a core");

  static final Key<List<String>> PROXY_TRUSTED =
      Key.optional(
              "proxy.trusted",
              Types.NETWORKS,
              "Load balancers and reverse proxies whose X-Forwarded-For, X-Forwarded-Proto and"
                  + " PROXY protocol are believed")
          .example("10.0.0.0/8, 2001:db8::7");

  static final Key<Boolean> PROXY_PROTOCOL =
      Key.of(
              "proxy.protocol",
              Types.FLAG,
              "false",
              "Whether each connection begins with a header of the PROXY protocol, version 1 or 2;"
                  + " then only addresses in proxy.trusted may connect")
          .example("true");

  static final Key<Boolean> CCC_GET =
      Key.of(
              "collect.ccc-get",
              Types.FLAG,
              "false",
              "Whether CollectCCC accepts GET; codes then stay in browser histories and other"
                  + " servers' logs")
          .example("true");

  static final Key<LogFormat> LOG_FORMAT =
      Key.of(
              "log.format",
              Types.choice(LogFormat.class),
              "auto",
              "Format of the log: json, text, or auto: text on a terminal and JSON Lines elsewhere")
          .example("json");

  static final Key<Path> CODES_KEY_FILE =
      Key.optional(
              "codes.key-file",
              Types.FILE,
              "File of 32 bytes or more, with which collection codes are hashed; the same on every"
                  + " server of a store; without it collection-codes.key in the data folder")
          .example("/etc/certcollect/collection-codes.key");

  static final Key<String> STORE_URL =
      Key.optional(
              "store.url",
              Types.JDBC_URL,
              "URL of a PostgreSQL database; without it the store is SQLite in the data folder")
          .example("jdbc:postgresql://db1,db2/certcollect?sslmode=verify-full")
          .masked(PostgresConfig::masked);

  static final Key<String> STORE_USER =
      Key.optional("store.user", Types.TEXT, "User of the database").example("certcollect");

  static final Key<Path> STORE_PASSWORD_FILE =
      Key.optional("store.password-file", Types.FILE, "File with the user's password")
          .example("/etc/certcollect/store-password");

  static final Key<String> STORE_PASSWORD =
      Key.secret(
              "store.password", Types.TEXT, "The user's password; accepted only in the environment")
          .example("correct horse");

  static final Key<Integer> STORE_POOL_SIZE =
      Key.of(
          "store.pool-size",
          Types.number(1, 1000),
          "10",
          "Maximum number of connections to PostgreSQL; a server uses one per core and 8 more at"
              + " most");

  static final Key<Duration> STORE_DEADLINE =
      Key.of(
              "store.deadline",
              Types.duration(Duration.ofSeconds(1), Duration.ofMinutes(10)),
              "3s",
              "Time that a request waits for PostgreSQL")
          .example("5s");

  /** The keys with the name of a file. */
  static final List<Key<Path>> FILES =
      List.of(TLS_CERTIFICATE, TLS_KEY, CODES_KEY_FILE, STORE_PASSWORD_FILE);

  /** The keys in the order in which they are shown. */
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
              PROXY_PROTOCOL,
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
