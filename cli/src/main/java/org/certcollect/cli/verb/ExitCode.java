package org.certcollect.cli.verb;

/** What the command's exit codes mean. */
public final class ExitCode {
  public static final int DONE = 0;

  /** The message says why: unknown order, forbidden transition, bad certificate. */
  public static final int REFUSED = 1;

  /** Wrong usage or configuration, a port that is taken among it. */
  public static final int USAGE = 2;

  /** The store can't be reached. */
  public static final int STORE = 3;

  /** Our own fault. */
  public static final int FAULT = 70;

  private ExitCode() {}
}
