package org.certcollect.store.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.certcollect.store.domain.Digests;

/**
 * A step that brings a database from one version of its tables to the next.
 *
 * @param name the name of its file, which begins with its version, for example {@code
 *     0001-first.sql}
 * @param sql its statements; each ends with a semicolon at the end of a line
 */
public record Migration(String name, String sql) {
  /** Reads the migrations of an engine from the class path. */
  public static List<Migration> load(String engine, String... names) {
    return Arrays.stream(names).map(name -> load(engine, name)).toList();
  }

  private static Migration load(String engine, String name) {
    String path = "migration/" + engine + "/" + name;
    try (InputStream in = Migration.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(path + " is missing from the class path");
      }
      return new Migration(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
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
