package org.certcollect.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.certcollect.store.domain.MailAddress;
import org.certcollect.store.domain.MailKind;

/**
 * The e-mails that a server sends.
 *
 * @param smtp the server that takes them
 * @param from the address that they come from
 * @param fromName the name beside that address
 * @param replyTo the address for replies, if it is another
 * @param kinds the kinds that are sent
 * @param language the language of those who chose none
 * @param templates the folder with templates that take the place of the built-in ones
 * @param collectUrl the address of the page for collection codes
 * @param connections the number of connections to the server that takes the mails
 */
public record MailConfig(
    Smtp smtp,
    MailAddress from,
    Optional<String> fromName,
    Optional<MailAddress> replyTo,
    Set<MailKind> kinds,
    String language,
    Optional<Path> templates,
    Optional<String> collectUrl,
    int connections) {
  public MailConfig {
    kinds = Set.copyOf(kinds);
  }

  /** A warning if a code that people type at the page can be read on the way. */
  public Optional<String> warning() {
    return collectUrl
        .filter(url -> !url.startsWith("https://"))
        .filter(url -> !ManagementConfig.isLoopback(url.replaceAll("^http://|[:/].*", "")))
        .map(
            url ->
                "mail.collect-url is "
                    + url
                    + ": the codes that people type there can be read on the way; use https");
  }

  /** The protection of the connection to the server that takes the mails. */
  public enum Security {
    /** STARTTLS; but nothing at a loopback address. */
    AUTO,
    /** STARTTLS. */
    STARTTLS,
    /** TLS from the first byte. */
    IMPLICIT,
    /** None: only for a network that nobody else is in. */
    NONE
  }

  /**
   * The server that takes the mails.
   *
   * @param port the port; empty for the usual one of the security
   * @param user the name to log in with; empty for no login
   * @param passwordFile the file with the password of the user
   * @param trusted a PEM file with the CA certificates to trust instead of the JDK's
   * @param timeout the maximum time to wait for each of its answers, but for that to the end of a
   *     mail
   */
  public record Smtp(
      String host,
      OptionalInt port,
      Security security,
      Optional<String> user,
      Optional<Path> passwordFile,
      Optional<Path> trusted,
      Duration timeout) {
    public Smtp {
      boolean loopback = ManagementConfig.isLoopback(host);
      if (security == Security.AUTO) {
        security = loopback ? Security.NONE : Security.STARTTLS;
      }
      if (user.isPresent() && security == Security.NONE && !loopback) {
        throw new IllegalArgumentException("a password needs TLS");
      }
    }

    /** The port that is used. */
    public int usedPort() {
      return port.orElse(
          switch (security) {
            case IMPLICIT -> 465;
            case NONE -> 25;
            default -> 587;
          });
    }
  }
}
