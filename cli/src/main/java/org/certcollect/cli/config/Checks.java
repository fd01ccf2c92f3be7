package org.certcollect.cli.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.certcollect.admin.InputFiles;
import org.certcollect.server.config.CollectDialect;
import org.certcollect.server.config.MailConfig;
import org.certcollect.server.config.ManagementConfig;
import org.certcollect.store.domain.MailKind;

/** Checks of the configuration that concern several keys or the file system. */
final class Checks {
  private static final Set<String> ANY_HOST = Set.of("0.0.0.0", "::");

  private Checks() {}

  static void together(Settings settings, List<String> problems) {
    if (settings.find(TokenKeys.CONFIGURATION).isPresent()) {
      token(settings, problems);
    } else {
      Stream.of(TokenKeys.LABEL, TokenKeys.PIN_FILE)
          .filter(key -> settings.find(key).isPresent())
          .map(
              key ->
                  at(settings, key)
                      + " is set and tls.pkcs11-config is not: set it, too, or remove this")
          .forEach(problems::add);
      // A certificate without tls.key belongs to the key in the token.
      if (settings.find(TokenKeys.LABEL).isEmpty()) {
        pair(settings, Keys.TLS_CERTIFICATE, Keys.TLS_KEY, problems);
      }
      pair(settings, Keys.TLS_ALT_CERTIFICATE, Keys.TLS_ALT_KEY, problems);
    }
    int https = settings.get(Keys.HTTPS_PORT);
    if (https != 0 && settings.get(Keys.HTTP_PORT).equals(OptionalInt.of(https))) {
      problems.add(
          at(settings, Keys.HTTP_PORT)
              + " and https.port are both "
              + Integer.toString(https)
              + ": give each its own port");
    }
    for (Key<?> key : List.of(Keys.HTTPS_PORT, Keys.HTTP_PORT)) {
      if (isTakenByManagement(settings, settings.get(key))) {
        problems.add(
            at(settings, Keys.MANAGEMENT_PORT)
                + " and %s are the same on the same address: give each its own port"
                    .formatted(key.name()));
      }
    }
    if (settings.get(Keys.PROXY_PROTOCOL) && settings.find(Keys.PROXY_TRUSTED).isEmpty()) {
      problems.add(
          at(settings, Keys.PROXY_PROTOCOL)
              + " is on and proxy.trusted is not set: no client could connect; set it to the"
              + " addresses of the load balancers");
    }
    if (settings.get(Keys.MANAGEMENT_PORT).isPresent()
        && !settings.get(Keys.MANAGEMENT_TLS)
        && !ManagementConfig.isLoopback(settings.get(Keys.MANAGEMENT_HOST))) {
      problems.add(
          at(settings, Keys.MANAGEMENT_HOST)
              + " is not a loopback address and management.tls is off: set management.tls = true,"
              + " or management.host = 127.0.0.1");
    }
    if (settings.get(Keys.CODE_91) && settings.get(Keys.DIALECT) == CollectDialect.V1_06) {
      problems.add(
          at(settings, Keys.CODE_91)
              + " is on and collect.dialect is 1.06, which has no code -91: set it to 1.22");
    }
    if (settings.find(PageKeys.LOGO).isPresent() && settings.find(PageKeys.OPERATOR).isEmpty()) {
      problems.add(
          at(settings, PageKeys.LOGO)
              + " is set and page.operator is not: set it to the name that the logo stands for,"
              + " for people who cannot see it");
    }
    if (settings.find(Keys.STORE_PASSWORD).isPresent()
        && !settings
            .origin(Keys.STORE_PASSWORD)
            .equals(Entry.SettingOrigin.variable(Keys.STORE_PASSWORD.variable()))) {
      problems.add(
          at(settings, Keys.STORE_PASSWORD)
              + " is accepted only in the environment: use store.password-file");
    }
    mail(settings, problems);
    try {
      StoreConfig.of(settings).ifPresent(store -> store.postgres(Optional.empty()));
    } catch (IllegalArgumentException e) {
      String user =
          settings.find(Keys.STORE_USER).isEmpty() ? ": set " + Keys.STORE_USER.name() : "";
      problems.add(settings.origin(Keys.STORE_URL).text() + ": " + e.getMessage() + user);
    }
  }

  private static void mail(Settings settings, List<String> problems) {
    Optional<String> host = settings.find(Keys.MAIL_HOST);
    if (host.isEmpty()) {
      return;
    }
    if (settings.find(Keys.MAIL_FROM).isEmpty()) {
      problems.add(
          at(settings, Keys.MAIL_HOST)
              + " is set and mail.from is not: set it to the address that e-mails come from");
    }
    if (settings.get(Keys.MAIL_KINDS).contains(MailKind.READY)
        && settings.find(Keys.MAIL_COLLECT_URL).isEmpty()) {
      problems.add(
          at(settings, Keys.MAIL_HOST)
              + " is set and mail.collect-url is not: set it, or leave ready out of mail.kinds");
    }
    if (settings.find(Keys.MAIL_USER).isPresent()
        && settings.get(Keys.MAIL_TLS) == MailConfig.Security.NONE
        && !ManagementConfig.isLoopback(host.get())) {
      problems.add(
          at(settings, Keys.MAIL_TLS)
              + " is none and mail.user is set: a password is sent over TLS only; set mail.tls ="
              + " starttls or implicit");
    }
    if (settings.find(Keys.MAIL_USER).isPresent()
        != settings.find(Keys.MAIL_PASSWORD_FILE).isPresent()) {
      problems.add(
          at(settings, Keys.MAIL_HOST)
              + ": of mail.user and mail.password-file one is set: set both or none");
    }
  }

  /** Whether the management port is also a port of the protocol, on an address of both. */
  private static boolean isTakenByManagement(Settings settings, Object port) {
    OptionalInt management = settings.get(Keys.MANAGEMENT_PORT);
    String host = settings.get(Keys.MANAGEMENT_HOST);
    String other = settings.get(Keys.LISTEN_HOST);
    return management.isPresent()
        && management.getAsInt() != 0
        && (port.equals(management.getAsInt()) || port.equals(management))
        && (host.equals(other) || ANY_HOST.contains(host) || ANY_HOST.contains(other));
  }

  private static void token(Settings settings, List<String> problems) {
    if (settings.find(TokenKeys.LABEL).isEmpty()) {
      problems.add(
          at(settings, TokenKeys.CONFIGURATION)
              + " is set and tls.pkcs11-key is not: set it to the label of the"
              + " certificate in the token");
    }
    List<Key<Path>> others =
        List.of(Keys.TLS_KEY, Keys.TLS_ALT_CERTIFICATE, Keys.TLS_ALT_KEY, Keys.TLS_KEYSTORE);
    for (Key<Path> other : others) {
      if (settings.find(other).isPresent()) {
        problems.add(
            at(settings, other)
                + " and tls.pkcs11-config are both set: a key in a token is the only key, so remove"
                + " one of them");
      }
    }
  }

  private static void pair(
      Settings settings, Key<Path> certificate, Key<Path> key, List<String> problems) {
    boolean hasCertificate = settings.find(certificate).isPresent();
    if (hasCertificate != settings.find(key).isPresent()) {
      problems.add(
          "%s is set and %s is not: set both or none"
              .formatted(
                  at(settings, hasCertificate ? certificate : key),
                  (hasCertificate ? key : certificate).name()));
    }
  }

  /** The origin of a key and its name, with which a problem begins. */
  private static String at(Settings settings, Key<?> key) {
    return settings.origin(key).text() + ": " + key.name();
  }

  static void files(Settings settings, List<String> problems) {
    for (Key<Path> key : Keys.FILES) {
      settings
          .file(key)
          .flatMap(InputFiles::problem)
          .ifPresent(problem -> problems.add(at(settings, key) + ": " + problem));
    }
  }
}
