package org.certcollect.server.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The JDK's providers of PKCS#11 tokens, one for each configuration. Such a provider keeps sessions
 * of its token open until it is garbage, and has a thread that looks for a removable token while
 * that is away. So a token that is opened again gets the provider that it had. Safe for use by many
 * threads.
 */
final class TokenProviders {
  /** Those of this process, which has each PKCS#11 library once, too. */
  static final TokenProviders OF_PROCESS =
      new TokenProviders(Optional.ofNullable(Security.getProvider("SunPKCS11")));

  /** The errors of sessions that a failover ended. The JDK goes on using such sessions. */
  private static final Set<String> SESSION_LOST =
      Set.of("CKR_SESSION_HANDLE_INVALID", "CKR_SESSION_CLOSED");

  private final Optional<Provider> unconfigured;
  private final Map<Path, Configured> configured = new HashMap<>();

  TokenProviders(Optional<Provider> unconfigured) {
    this.unconfigured = unconfigured;
  }

  private static final class Configured {
    private final String text;
    private final Provider provider;
    private boolean hasWorked;

    Configured(String text, Provider provider) {
      this.text = text;
      this.provider = provider;
    }

    <T> T use(Use<T> use) throws TokenException {
      T result = use.with(provider);
      hasWorked = true;
      return result;
    }

    /**
     * Whether a new provider may do better. One that never worked is no better the next time, and a
     * token that is away is found by the thread of its provider.
     */
    boolean isWorn(TokenException problem) {
      return (hasWorked || isSessionLost(problem))
          && !problem.isPinRefused()
          && provider.getService("KeyStore", "PKCS11") != null;
    }
  }

  /** A use of a provider. */
  interface Use<T> {
    T with(Provider provider) throws TokenException;
  }

  /**
   * Uses the provider of a configuration. If it has worked before and no longer does, a new one
   * takes its place and is used.
   */
  synchronized <T> T use(Path configuration, Use<T> use) throws TokenException {
    Path file = configuration.toAbsolutePath();
    String text = text(file);
    Configured known = configured.get(file);
    if (known != null && known.text.equals(text)) {
      try {
        return known.use(use);
      } catch (TokenException e) {
        if (!known.isWorn(e)) {
          throw e;
        }
      }
    }
    Configured fresh = new Configured(text, configure(file));
    configured.put(file, fresh);
    return fresh.use(use);
  }

  /** Has a provider not used again. Providers may be equal and have sessions of their own. */
  @SuppressWarnings("ReferenceEquality")
  synchronized void forget(Provider provider) {
    configured.values().removeIf(each -> each.provider == provider);
  }

  /** Whether a provider failed because its sessions are no longer there. */
  static boolean isSessionLost(Exception problem) {
    return SESSION_LOST.contains(TokenException.root(problem));
  }

  private static String text(Path file) throws TokenException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw TokenException.unreadable(file, "tls.pkcs11-config", e);
    }
  }

  private Provider configure(Path file) throws TokenException {
    if (unconfigured.isEmpty()) {
      throw new TokenException(
          "this Java has no provider SunPKCS11, which tls.pkcs11-config needs: use another build"
              + " of Java, or see its conf/security/java.security",
          null);
    }
    try {
      return unconfigured.get().configure(file.toString());
    } catch (RuntimeException | LinkageError e) {
      throw new TokenException(
          ("%s opens no PKCS#11 token (%s): tls.pkcs11-config must be a configuration of"
                  + " Java's SunPKCS11, whose library and slot this user may use")
              .formatted(file, TokenException.root(e)),
          e);
    }
  }
}
