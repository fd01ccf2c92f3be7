package org.certcollect.server.tls;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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

  /** The problem of a file that a setting names. */
  static TokenException unreadable(Path file, String setting, IOException cause) {
    String problem =
        cause instanceof NoSuchFileException
            ? "it does not exist"
            : cause instanceof AccessDeniedException ? "access is denied" : root(cause);
    return new TokenException(
        "%s cannot be read (%s): %s must name a file that this user may read"
            .formatted(file, problem, setting),
        cause);
  }

  /** Whether the token was asked and counts this as a wrong guess, of which it allows few. */
  public boolean isPinRefused() {
    return pinRefused;
  }

  /** The words of the PKCS#11 library, for example CKR_PIN_LOCKED. */
  static String root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
