package org.certcollect.cli.verb;

public final class ExitCode {
  public static final int DONE = 0;

  /** A refusal, for example of an unknown order, a forbidden transition or a bad certificate. */
  public static final int REFUSED = 1;

  /** Wrong usage or configuration, for example a port that is in use. */
  public static final int USAGE = 2;

  /** The store, or the server of {@code collect}, can't be reached. */
  public static final int STORE = 3;

  /** The order is being processed (EX_TEMPFAIL of sysexits.h): the same may succeed later. */
  public static final int PENDING = 75;

  public static final int FAULT = 70;

  /**
   * The token refused the PIN (EX_NOPERM of sysexits.h). Each further start is one more guess, so
   * the systemd unit does not restart after this code.
   */
  public static final int PIN_REFUSED = 77;

  /** The reader of the output ended. A shell shows this code after SIGPIPE. */
  public static final int PIPE = 141;

  private ExitCode() {}
}
