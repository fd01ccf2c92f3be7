package org.certcollect.cli.verb;

/** A verb that cannot be carried out. The message says what is wrong and what to do. */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  private CommandException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** The given data is not accepted. */
  public static CommandException refused(String message) {
    return new CommandException(ExitCode.REFUSED, message);
  }

  /** The command was called wrongly. */
  public static CommandException usage(String message) {
    return new CommandException(ExitCode.USAGE, message);
  }

  /** The store cannot be used. */
  public static CommandException store(String message) {
    return new CommandException(ExitCode.STORE, message);
  }

  /** Standard output takes no more. */
  public static CommandException unread() {
    return new CommandException(
        ExitCode.PIPE, "the output was closed, or its disk is full, before all was written");
  }

  /** One of {@link ExitCode}. */
  public int exitCode() {
    return exitCode;
  }
}
