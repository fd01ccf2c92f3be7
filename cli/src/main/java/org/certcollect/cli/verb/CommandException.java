package org.certcollect.cli.verb;

/** A verb cannot do what it was asked to. The message says what is wrong and what to do. */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  private CommandException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** What was given is not accepted. */
  public static CommandException refused(String message) {
    return new CommandException(ExitCode.REFUSED, message);
  }

  /** The command was called wrongly. */
  public static CommandException usage(String message) {
    return new CommandException(ExitCode.USAGE, message);
  }

  /** There is no store to work on. */
  public static CommandException store(String message) {
    return new CommandException(ExitCode.STORE, message);
  }

  /** Nobody takes what is printed any more. */
  public static CommandException unread() {
    return refused("the output was closed, or its disk is full, before all was written");
  }

  /** One of {@link ExitCode}. */
  public int exitCode() {
    return exitCode;
  }
}
