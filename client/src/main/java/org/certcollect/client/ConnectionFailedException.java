package org.certcollect.client;

import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.certcollect.client.PinnedCertificates.WrongPinException;

/**
 * A failure because no answer came. Its cause is kept only if the connection failed before the
 * request was sent, because later ones may repeat what the server has sent.
 */
public final class ConnectionFailedException extends CollectException {
  private static final long serialVersionUID = 1;

  /** The reasons, each with the words that follow the URL. */
  public enum Reason {
    /** The host name cannot be resolved. */
    UNKNOWN_HOST("has a host name that cannot be resolved: check its spelling and the DNS", true),
    /** Nothing listens there, or there is no way to the host. */
    UNREACHABLE(
        "refuses connections or is out of reach: check port and firewall, and see that the"
            + " server runs",
        true),
    /** The answer was not complete in time. */
    TIMEOUT("did not answer in time: try again later", true),
    /** The server's certificate is not trusted. */
    UNTRUSTED(
        "has a certificate of a CA that is not trusted: if the operator of the server confirms it,"
            + " trust its CA, or pin the certificate",
        false),
    /** The server's certificate is not one of those that {@link ServerTrust#pinned} was given. */
    WRONG_PIN(
        "has another certificate than the pinned one: ask the operator of the server for the new"
            + " SHA-256, and pin that",
        false),
    /** The server's certificate has expired, or is not valid yet. */
    EXPIRED(
        "has a certificate that has expired or is not valid yet: check the clock of this machine,"
            + " and have the certificate renewed",
        false),
    /** The server's certificate is for another host name. */
    WRONG_NAME(
        "has a certificate for another name: use the host name that is in the certificate", false),
    /** The connection was closed before the answer was complete, or is not one of TLS and HTTP. */
    BROKEN("broke the connection off, or does not speak HTTPS: check the port", true);

    private final String words;
    private final boolean temporary;

    Reason(String words, boolean temporary) {
      this.words = words;
      this.temporary = temporary;
    }
  }

  private final Reason reason;

  ConnectionFailedException(URI url, Reason reason) {
    super(url + " " + reason.words, reason.temporary);
    this.reason = reason;
  }

  /** The failure that an exception of the HTTP client stands for. */
  static ConnectionFailedException of(URI url, Throwable failure) {
    Reason reason = reasonOf(failure);
    ConnectionFailedException exception = new ConnectionFailedException(url, reason);
    if (reason != Reason.BROKEN && reason != Reason.TIMEOUT) {
      exception.initCause(failure);
    }
    return exception;
  }

  private static Reason reasonOf(Throwable failure) {
    if (has(failure, HttpTimeoutException.class)) {
      return Reason.TIMEOUT;
    }
    Optional<Throwable> certificate = find(failure, GeneralSecurityException.class);
    if (certificate.isPresent() && has(failure, SSLException.class)) {
      return reasonOfDistrust(failure, String.valueOf(certificate.get().getMessage()));
    }
    if (has(failure, UnknownHostException.class)
        || has(failure, UnresolvedAddressException.class)) {
      return Reason.UNKNOWN_HOST;
    }
    return has(failure, ConnectException.class) ? Reason.UNREACHABLE : Reason.BROKEN;
  }

  private static Reason reasonOfDistrust(Throwable failure, String message) {
    if (has(failure, WrongPinException.class)) {
      return Reason.WRONG_PIN;
    }
    if (has(failure, CertificateExpiredException.class)
        || has(failure, CertificateNotYetValidException.class)) {
      return Reason.EXPIRED;
    }
    // The JDK has no class for it.
    return message.matches("(?s)No (subject alternative|name matching).*")
        ? Reason.WRONG_NAME
        : Reason.UNTRUSTED;
  }

  private static boolean has(Throwable failure, Class<?> wanted) {
    return find(failure, wanted).isPresent();
  }

  private static Optional<Throwable> find(Throwable failure, Class<?> wanted) {
    return Stream.<Throwable>iterate(failure, e -> e != null, Throwable::getCause)
        .filter(wanted::isInstance)
        .findFirst();
  }

  /** The reason. */
  public Reason reason() {
    return reason;
  }
}
