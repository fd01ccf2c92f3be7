package org.certcollect.store.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.certcollect.store.domain.Digests;

/**
 * A step that brings a database from one version of its tables to the next.
 *
 * @param name the name of its file, which begins with its version, for example {@code
 *     0001-first.sql}
 * @param sql its statements; each ends with a semicolon at the end of a line
 * @param fill the work in batches that goes before the statements
 */
public record Migration(String name, String sql, Optional<Fill> fill) {
  /** A part of a migration that SQL cannot do. Every call is a transaction of its own. */
  @FunctionalInterface
  public interface Fill {
    /** Does the next batch; false if nothing is left. */
    boolean next(Session session) throws SQLException;
  }

  /** A migration of statements alone. */
  public Migration(String name, String sql) {
    this(name, sql, Optional.empty());
  }

  /**
   * Reads the migrations of an engine from the class path.
   *
   * @param fills the fills of those that have one, by name
   */
  public static List<Migration> load(String engine, Map<String, Fill> fills, String... names) {
    return Arrays.stream(names)
        .map(name -> new Migration(name, sql(engine, name), Optional.ofNullable(fills.get(name))))
        .toList();
  }

  private static String sql(String engine, String name) {
    String path = "migration/" + engine + "/" + name;
    try (InputStream in = Migration.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(path + " is missing from the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(path + " cannot be read", e);
    }
  }

  long version() {
    return Long.parseLong(name.substring(0, 4));
  }

  List<String> statements() {
    return Arrays.stream(sql.split(";\\R", -1)).filter(s -> !s.isBlank()).toList();
  }

  /** The SHA-256 of its text, which shows whether the text was altered after it was applied. */
  String checksum() {
    return HexFormat.of().formatHex(Digests.sha256(sql.getBytes(StandardCharsets.UTF_8)));
  }
}
