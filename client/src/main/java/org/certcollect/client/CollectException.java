package org.certcollect.client;

import java.io.IOException;

/**
 * A failure to collect. No message and no cause repeats a login, a password, a collection code or
 * what the server sent, apart from the text of {@link NotAttachedException}.
 *
 * <ul>
 *   <li>{@link ConnectionFailedException}: no connection, no trust, or no answer in time
 *   <li>{@link HttpStatusException}: an answer of HTTP, for example of a reverse proxy
 *   <li>{@link InvalidAnswerException}: an answer that is not one of the protocol, or incomplete
 *   <li>{@link NotAttachedException}: an answer without certificates, of {@link
 *       CollectAnswer#orElseThrow} only
 * </ul>
 */
public abstract sealed class CollectException extends IOException
    permits ConnectionFailedException,
        HttpStatusException,
        InvalidAnswerException,
        NotAttachedException {
  private static final long serialVersionUID = 1;

  private final boolean temporary;

  CollectException(String message, boolean temporary) {
    super(message);
    this.temporary = temporary;
  }

  /** Whether the same request may succeed later. */
  public boolean isTemporary() {
    return temporary;
  }
}
