package org.certcollect.cli.verb;

/** The exit codes of the command. */
public final class ExitCode {
  public static final int DONE = 0;

  /** The message says why: unknown order, forbidden transition, bad certificate. */
  public static final int REFUSED = 1;

  /** Wrong usage or configuration, a port that is taken among it. */
  public static final int USAGE = 2;

  /** The store can't be reached. */
  public static final int STORE = 3;

  /** An internal error. */
  public static final int FAULT = 70;

  /** The program that reads the output went away: what a shell shows after SIGPIPE. */
  public static final int PIPE = 141;

  private ExitCode() {}
}
