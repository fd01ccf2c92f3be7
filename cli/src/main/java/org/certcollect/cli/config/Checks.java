package org.certcollect.cli.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.certcollect.admin.InputFiles;
import org.certcollect.server.config.CollectDialect;

/** Checks of the configuration that concern several keys or the file system. */
final class Checks {
  private Checks() {}

  static void together(Settings settings, List<String> problems) {
    boolean certificate = settings.find(Keys.TLS_CERTIFICATE).isPresent();
    if (certificate != settings.find(Keys.TLS_KEY).isPresent()) {
      Key<Path> given = certificate ? Keys.TLS_CERTIFICATE : Keys.TLS_KEY;
      Key<Path> missing = certificate ? Keys.TLS_KEY : Keys.TLS_CERTIFICATE;
      problems.add(
          "%s: %s is set and %s is not: set both, or none for a self-signed certificate"
              .formatted(settings.origin(given).text(), given.name(), missing.name()));
    }
    int https = settings.get(Keys.HTTPS_PORT);
    if (https != 0 && settings.get(Keys.HTTP_PORT).equals(OptionalInt.of(https))) {
      problems.add(
          String.format(
              Locale.ROOT,
              "%s: %s and %s are both %d: give each its own port",
              settings.origin(Keys.HTTP_PORT).text(),
              Keys.HTTPS_PORT.name(),
              Keys.HTTP_PORT.name(),
              https));
    }
    if (settings.get(Keys.PROXY_PROTOCOL) && settings.find(Keys.PROXY_TRUSTED).isEmpty()) {
      problems.add(
          "%s: %s is on and %s is not set: no client could connect; set it to the addresses of the"
                  .formatted(
                      settings.origin(Keys.PROXY_PROTOCOL).text(),
                      Keys.PROXY_PROTOCOL.name(),
                      Keys.PROXY_TRUSTED.name())
              + " load balancers");
    }
    if (settings.get(Keys.CODE_91) && settings.get(Keys.DIALECT) == CollectDialect.V1_06) {
      problems.add(
          "%s: %s is on and %s is 1.06, which has no code -91: set it to 1.22"
              .formatted(
                  settings.origin(Keys.CODE_91).text(), Keys.CODE_91.name(), Keys.DIALECT.name()));
    }
    store(settings, problems);
  }

  /** Checks the keys of the store, and that the password comes from the environment. */
  private static void store(Settings settings, List<String> problems) {
    if (settings.find(Keys.STORE_PASSWORD).isPresent()
        && !settings
            .origin(Keys.STORE_PASSWORD)
            .equals(Entry.SettingOrigin.variable(Keys.STORE_PASSWORD.variable()))) {
      problems.add(
          "%s: %s is accepted only in the environment: use %s"
              .formatted(
                  settings.origin(Keys.STORE_PASSWORD).text(),
                  Keys.STORE_PASSWORD.name(),
                  Keys.STORE_PASSWORD_FILE.name()));
    }
    try {
      StoreConfig.of(settings).ifPresent(store -> store.postgres(Optional.empty()));
    } catch (IllegalArgumentException e) {
      String user =
          settings.find(Keys.STORE_USER).isEmpty() ? ": set " + Keys.STORE_USER.name() : "";
      problems.add(settings.origin(Keys.STORE_URL).text() + ": " + e.getMessage() + user);
    }
  }

  static void files(Settings settings, List<String> problems) {
    for (Key<Path> key : Keys.FILES) {
      settings
          .file(key)
          .flatMap(InputFiles::problem)
          .ifPresent(
              problem ->
                  problems.add(
                      "%s: %s: %s".formatted(settings.origin(key).text(), key.name(), problem)));
    }
  }
}
