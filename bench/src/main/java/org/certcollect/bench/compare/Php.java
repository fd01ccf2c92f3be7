package org.certcollect.bench.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The same job as a script on the same SQLite store, run by PHP behind nginx. How it checks a
 * password depends on the path.
 */
final class Php {
  /** Compares an HMAC of the password with one in the script's settings. */
  static final String HMAC = "/php/hmac";

  /** Computes Argon2id at each request. */
  static final String ARGON2ID = "/php/argon2id";

  private static final String POOL =
      """
      [global]
      error_log = %s
      daemonize = no
      [collect]
      user = root
      group = root
      listen = %s
      pm = static
      pm.max_children = 8
      """;

  private Php() {}

  static Path socket(Layout layout) {
    return layout.target().resolve("php.sock");
  }

  static Path settings(Layout layout) {
    return layout.target().resolve("php-settings.php");
  }

  static Process start(Layout layout, Children children, Path data, String password)
      throws IOException {
    Files.deleteIfExists(socket(layout));
    String key = Secrets.random();
    String hmac = hmac(key, password);
    String logins =
        Password.LOGINS.stream()
            .map(login -> "'%s' => '%s'".formatted(login, hmac))
            .collect(Collectors.joining(", "));
    Files.writeString(
        settings(layout),
        "<?php return ['database' => '%s', 'key' => '%s', 'logins' => [%s]];\n"
            .formatted(data.resolve("certcollect.sqlite"), key, logins));
    Path config = layout.target().resolve("php-fpm.conf");
    Files.writeString(config, POOL.formatted(layout.log("php"), socket(layout)));
    Process process =
        children.start(
            layout.log("php"),
            Cores.server(List.of(program(), "-F", "-R", "-y", config.toString())));
    Readiness.await(process, () -> Files.exists(socket(layout)));
    return process;
  }

  private static String program() throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of("/usr/sbin"), "php-fpm*")) {
      for (Path program : found) {
        return program.toString();
      }
    }
    throw new BenchException("php-fpm is not installed");
  }

  private static String hmac(String key, String password) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
