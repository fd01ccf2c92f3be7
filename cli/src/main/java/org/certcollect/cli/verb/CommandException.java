package org.certcollect.cli.verb;

import java.util.Arrays;

/** A failure of a verb. The message gives the cause and an instruction. */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  private CommandException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public static CommandException refused(String message) {
    return new CommandException(ExitCode.REFUSED, message);
  }

  public static CommandException usage(String message) {
    return new CommandException(ExitCode.USAGE, message);
  }

  /** A failure because a server cannot be reached, or gives no valid answer. */
  public static CommandException unreachable(String message, Throwable... cause) {
    CommandException failure = new CommandException(ExitCode.STORE, message);
    Arrays.stream(cause).forEach(failure::initCause);
    return failure;
  }

  public static CommandException unread() {
    return new CommandException(
        ExitCode.PIPE, "the output was closed, or its disk is full, before all was written");
  }

  public int exitCode() {
    return exitCode;
  }
}
