package org.certcollect.cli;

import org.certcollect.cli.config.ConfigurationException;
import org.certcollect.server.StartException;
import org.certcollect.store.RefusedException;
import org.certcollect.store.StoreUnavailableException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place where what went wrong becomes a message and an exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final Shell shell;

  Failures(Shell shell) {
    this.shell = shell;
  }

  @Override
  public int handleParseException(ParameterException problem, String[] args) {
    CommandLine command = problem.getCommandLine();
    shell.output().note("certcollect: " + message(problem));
    UnmatchedArgumentException.printSuggestions(problem, command.getErr());
    shell.output().note("See `%s --help`.".formatted(command.getCommandSpec().qualifiedName()));
    return ExitCode.USAGE;
  }

  private static String message(ParameterException problem) {
    // Picocli says it twice where KEY=VALUE is wanted.
    return String.valueOf(problem.getMessage()).replace("option option", "option");
  }

  @Override
  public int handleExecutionException(Exception problem, CommandLine command, ParseResult parsed) {
    int exitCode = exitCode(problem);
    if (exitCode == ExitCode.FAULT) {
      shell
          .output()
          .note(
              ("certcollect: this is a fault of certcollect itself (%s); please report it with what"
                      + " `%s --debug` and `certcollect --version` print")
                  .formatted(problem, command.getCommandSpec().qualifiedName()));
    } else {
      shell.output().note("certcollect: " + problem.getMessage() + advice(problem));
    }
    if (shell.debug()) {
      problem.printStackTrace(shell.surroundings().err());
    }
    return exitCode;
  }

  private static int exitCode(Exception problem) {
    if (problem instanceof CommandException own) {
      return own.exitCode();
    }
    if (problem instanceof RefusedException) {
      return ExitCode.REFUSED;
    }
    if (problem instanceof ConfigurationException || problem instanceof StartException) {
      return ExitCode.USAGE;
    }
    return problem instanceof StoreUnavailableException ? ExitCode.STORE : ExitCode.FAULT;
  }

  private static String advice(Exception problem) {
    if (!(problem instanceof RefusedException refused)) {
      return "";
    }
    return switch (refused.reason()) {
      case UNKNOWN_ACCOUNT -> "; `certcollect account list` shows those that exist";
      case ACCOUNT_EXISTS -> "; `certcollect account password` gives it another password";
      case UNKNOWN_ORDER -> "; `certcollect order list` shows those that exist";
      case ORDER_EXISTS -> "; without --number the next free one is taken";
      case FORBIDDEN_TRANSITION -> "; `certcollect order show` tells what happened to it";
      case WRONG_KEY -> "; have the certificate made from the order's own request";
      case CODE_EXISTS, BAD_LOGIN, BAD_ORDER_NUMBER, WRONG_PRODUCT, BAD_CERTIFICATE -> "";
    };
  }
}
