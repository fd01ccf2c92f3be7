package org.certcollect.store.jdbc.postgres;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.jdbc.SslMode;
import org.postgresql.util.PSQLException;

/**
 * The address and credentials of a PostgreSQL database, or of another one that speaks its protocol.
 * Its {@code toString} shows no password.
 *
 * @param url a JDBC URL, with all hosts that may be the primary and, optionally, parameters of the
 *     driver, mainly for TLS: {@code jdbc:postgresql://db1,db2/certcollect?sslmode=verify-full};
 *     without user and password
 * @param password absent if the server needs none or the URL names a client certificate
 * @param poolSize the maximum number of connections of this process
 * @param deadline the maximum time that a call of the store takes; 1 second to 10 minutes
 */
public record PostgresConfig(
    String url, String user, Optional<String> password, int poolSize, Duration deadline) {
  private static final String PREFIX = "jdbc:";
  private static final Duration MIN_DEADLINE = Duration.ofSeconds(1);
  private static final Duration MAX_DEADLINE = Duration.ofMinutes(10);
  private static final Pattern LOOPBACK =
      Pattern.compile("((localhost|127\\.[0-9.]+|\\[?::1]?)(,|$))+");
  private static final int MAX_CONNECTIONS = 1000;

  /**
   * Checks all values.
   *
   * @throws IllegalArgumentException names every error
   */
  public PostgresConfig {
    List<String> errors = new ArrayList<>(errorsOf(url));
    if (user.isBlank()) {
      errors.add("the user is missing");
    }
    if (poolSize < 1 || poolSize > MAX_CONNECTIONS) {
      errors.add("the pool has 1 to " + MAX_CONNECTIONS + " connections, not " + poolSize);
    }
    if (deadline.compareTo(MIN_DEADLINE) < 0 || deadline.compareTo(MAX_DEADLINE) > 0) {
      errors.add("the deadline is between 1 second and 10 minutes, not " + deadline);
    }
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", errors));
    }
  }

  /** The name of the database in messages: the URL without its parameters. */
  public String name() {
    return url.substring(PREFIX.length()).replaceFirst("\\?.*", "");
  }

  /** Whether any host is another machine and the URL allows a connection without TLS. */
  public boolean mayBeReadOnTheWay() {
    Properties parsed = parse(url).orElseThrow();
    return !sslMode(parsed).requireEncryption()
        && !LOOPBACK.matcher(PGProperty.PG_HOST.getOrDefault(parsed)).matches();
  }

  /** A configuration of the same database with another pool size and deadline. */
  public PostgresConfig with(int connections, Duration limit) {
    return new PostgresConfig(url, user, password, connections, limit);
  }

  /** The text without passwords; it may be a URL or a wrong one. */
  public static String masked(String url) {
    return url.replaceFirst("//.*@", "//***@").replaceAll("(?i)(pass[a-z]*=|pwd=)[^&]*", "$1***");
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "PostgresConfig[url=%s, user=%s, password=%s, poolSize=%d, deadline=%s]",
        masked(url),
        user,
        password.map(secret -> "***").orElse("none"),
        poolSize,
        deadline);
  }

  private static List<String> errorsOf(String url) {
    Optional<Properties> parsed = parse(url);
    if (parsed.isEmpty()) {
      return List.of("the url is not jdbc:postgresql://host[:port][,host...]/database[?name=...]");
    }
    List<String> errors = new ArrayList<>();
    try {
      SslMode unused = sslMode(parsed.get());
    } catch (IllegalArgumentException e) {
      errors.add("the url is wrong: " + e.getMessage());
    }
    int query = url.indexOf('?');
    String[] parameters = query < 0 ? new String[0] : url.substring(query + 1).split("&", -1);
    Stream.of(parameters).forEach(parameter -> check(parameter, errors));
    return errors;
  }

  private static void check(String parameter, List<String> errors) {
    String name = parameter.replaceFirst("=.*", "");
    String value = parameter.substring(Math.min(parameter.length(), name.length() + 1));
    if (PGProperty.forName(name) == null) {
      // The driver would ignore an unknown parameter; a misspelt sslmode would switch off the check
      // of the server.
      errors.add("the url has a parameter that the driver does not know: " + name);
    } else if (name.equals("user") || name.equals("password")) {
      errors.add("the " + name + " is given beside the url, not in it");
    } else if (name.equals(PGProperty.TARGET_SERVER_TYPE.getName()) && !value.equals("primary")) {
      errors.add("the store reads from the primary alone: leave out " + name);
    }
  }

  private static SslMode sslMode(Properties parsed) {
    try {
      return SslMode.of(parsed);
    } catch (PSQLException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static Optional<Properties> parse(String url) {
    return Optional.ofNullable(Driver.parseURL(url, new Properties()));
  }
}
