package org.certcollect.cli.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.certcollect.admin.FileException;
import org.certcollect.admin.InputFiles;
import org.certcollect.store.jdbc.postgres.PostgresConfig;

/**
 * The configuration of a store in PostgreSQL. Its {@code toString} shows no password.
 *
 * @param passwordFile the file with the password; ignored if the password is given
 * @param deadline the time that a request waits for the database
 */
public record StoreConfig(
    String url,
    String user,
    Optional<Path> passwordFile,
    Optional<String> password,
    int poolSize,
    Duration deadline) {
  static Optional<StoreConfig> of(Settings settings) {
    return settings
        .find(Keys.STORE_URL)
        .map(
            url ->
                new StoreConfig(
                    url,
                    settings.find(Keys.STORE_USER).orElse(""),
                    settings.file(Keys.STORE_PASSWORD_FILE),
                    settings.find(Keys.STORE_PASSWORD),
                    settings.get(Keys.STORE_POOL_SIZE),
                    settings.get(Keys.STORE_DEADLINE)));
  }

  /**
   * The configuration to open the store with.
   *
   * @throws ConfigurationException if the password cannot be read
   */
  public PostgresConfig postgres() {
    return postgres(password.or(() -> passwordFile.map(StoreConfig::read)));
  }

  PostgresConfig postgres(Optional<String> used) {
    return new PostgresConfig(url, user, used, poolSize, deadline);
  }

  /** A warning if the connection is not protected by TLS. */
  public Optional<String> warning() {
    return postgres(Optional.empty()).mayBeReadOnTheWay()
        ? Optional.of(
            Keys.STORE_URL.name()
                + " does not ask for TLS: data may be read and altered on the way to the database;"
                + " add sslmode=verify-full, and sslrootcert if the CA is your own")
        : Optional.empty();
  }

  private static String read(Path file) {
    try {
      return InputFiles.text(file).replaceFirst("\\R\\z", "");
    } catch (FileException e) {
      throw new ConfigurationException(
          List.of(Keys.STORE_PASSWORD_FILE.name() + ": " + e.getMessage()));
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "StoreConfig[user=%s, poolSize=%d, deadline=%s]", user, poolSize, deadline);
  }
}
