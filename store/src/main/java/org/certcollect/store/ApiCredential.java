package org.certcollect.store;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A credential of the admin API. The store has no secret of it.
 *
 * @param name a name for which {@link #isName} is true, unique in the store; it is never used again
 *     for another credential, since events name it
 * @param sha256 the SHA-256 of the token or of the certificate, in lowercase hexadecimal digits
 * @param lastUsed the day on which it was last used, as its first instant in UTC
 */
public record ApiCredential(
    String name,
    Kind kind,
    String sha256,
    Set<Scope> scopes,
    Instant created,
    Instant expires,
    Optional<Instant> lastUsed) {

  /** The kind of a credential. */
  public enum Kind {
    TOKEN,
    CERTIFICATE
  }

  /** A part of the admin API. Each of them includes {@link #READ}. */
  public enum Scope {
    /** Every operation that changes nothing. */
    READ,
    /** Changes of orders and of CA certificates. */
    ORDERS,
    /** Changes of accounts. */
    ACCOUNTS,
    /** Changes of the running server. */
    SERVER,
    /** The deletion of old events and orders. */
    PRUNE
  }

  public ApiCredential {
    scopes = Set.copyOf(scopes);
  }

  /** Whether a text may be a name: 1 to 64 ASCII letters, digits, dots, hyphens, underscores. */
  public static boolean isName(String text) {
    return text.matches("[A-Za-z0-9._-]{1,64}");
  }
}
