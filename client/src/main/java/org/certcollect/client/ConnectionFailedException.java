package org.certcollect.client;

import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateExpiredException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * A failure because no answer came. Its cause is kept only if the connection failed before the
 * request was sent, because later ones may repeat what the server has sent.
 */
public final class ConnectionFailedException extends CollectException {
  private static final long serialVersionUID = 1;

  /** The reasons, each with the words that follow the URL. */
  public enum Reason {
    /** Nothing listens there, or there is no such host. */
    UNREACHABLE("cannot be reached: check host and port, and see that the server runs", true),
    /** The answer was not complete in time. */
    TIMEOUT("did not answer in time: try again later", true),
    /** The server's certificate is not trusted. */
    UNTRUSTED(
        "has a certificate that no trusted CA has issued: trust its CA, or the SHA-256 of the"
            + " certificate",
        false),
    /** The server's certificate has expired. */
    EXPIRED("has a certificate that has expired: have the server's certificate renewed", false),
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
    if (has(failure, HttpTimeoutException.class::isInstance)) {
      return Reason.TIMEOUT;
    }
    Optional<Throwable> certificate = find(failure, GeneralSecurityException.class::isInstance);
    if (certificate.isPresent() && has(failure, SSLException.class::isInstance)) {
      if (has(failure, CertificateExpiredException.class::isInstance)) {
        return Reason.EXPIRED;
      }
      // The JDK has no class for it.
      return String.valueOf(certificate.get().getMessage())
              .matches("(?s)No (subject alternative|name matching).*")
          ? Reason.WRONG_NAME
          : Reason.UNTRUSTED;
    }
    return has(
            failure,
            e ->
                e instanceof ConnectException
                    || e instanceof UnknownHostException
                    || e instanceof UnresolvedAddressException)
        ? Reason.UNREACHABLE
        : Reason.BROKEN;
  }

  private static boolean has(Throwable failure, Predicate<Throwable> wanted) {
    return find(failure, wanted).isPresent();
  }

  private static Optional<Throwable> find(Throwable failure, Predicate<Throwable> wanted) {
    return Stream.<Throwable>iterate(failure, e -> e != null, Throwable::getCause)
        .filter(wanted)
        .findFirst();
  }

  /** The reason. */
  public Reason reason() {
    return reason;
  }
}
