package org.certcollect.server.mail;

/** A mail that could not be sent, or cannot be. The message is for the operator. */
public final class MailException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The reach of a failure: the mails and the later tries that it tells about. */
  public enum Reach {
    /** This mail can never be sent. */
    FOR_EVER,
    /** This mail must not be sent any more, as its order has changed. */
    OBSOLETE,
    /**
     * This mail is refused for ever, for its recipient, its text or the settings: servers refuse a
     * wrong sender or a relay at RCPT or at the end of a mail, too. If nothing was ever sent with
     * the settings, they are wrong.
     */
    RECIPIENT,
    /** This mail may be sent later. */
    FOR_NOW,
    /** This mail waits for the end of a hold. */
    HELD,
    /** The server may have this mail, as its answer to the end of it is lost. */
    UNKNOWN,
    /** No mail can be sent now, for example because the server is away or refuses the login. */
    ALL_MAILS
  }

  private final Reach reach;
  private final String reason;

  MailException(Reach reach, String message) {
    this(reach, message, message);
  }

  /**
   * @param reason the reason for the log, which has nothing of what a server wrote or of addresses
   */
  MailException(Reach reach, String message, String reason) {
    super(message);
    this.reach = reach;
    this.reason = reason;
  }

  MailException(Reach reach, String message, String reason, Throwable cause) {
    super(message, cause);
    this.reach = reach;
    this.reason = reason;
  }

  /** The reason in words that a log may have: no address, and nothing that a server wrote. */
  String reason() {
    return reason;
  }

  public Reach reach() {
    return reach;
  }
}
