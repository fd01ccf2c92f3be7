package org.certcollect.server.tls;

import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/** A PKCS#11 token that cannot be used. The message says why, and what to do. */
public final class TokenException extends GeneralSecurityException {
  private static final long serialVersionUID = 1;

  private final boolean pinRefused;

  TokenException(String message, @Nullable Throwable cause) {
    this(message, cause, false);
  }

  TokenException(String message, @Nullable Throwable cause, boolean pinRefused) {
    super(message, cause);
    this.pinRefused = pinRefused;
  }

  /** Whether the token counts this as a wrong guess, of which it allows few. */
  boolean isPinRefused() {
    return pinRefused;
  }
}
