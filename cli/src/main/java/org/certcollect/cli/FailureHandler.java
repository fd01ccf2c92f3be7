package org.certcollect.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.certcollect.cli.config.ConfigurationException;
import org.certcollect.cli.config.Spelling;
import org.certcollect.cli.verb.Advice;
import org.certcollect.cli.verb.ExitCode;
import org.certcollect.cli.verb.Shell;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

final class FailureHandler implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final Shell shell;

  FailureHandler(Shell shell) {
    this.shell = shell;
  }

  @Override
  public int handleParseException(ParameterException problem, String[] args) {
    CommandSpec command = problem.getCommandLine().getCommandSpec();
    Optional<String> unknown = unknownVerb(problem);
    if (unknown.isPresent()) {
      shell
          .output()
          .note(
              "certcollect: `%s` has no verb '%s'; %s"
                  .formatted(
                      command.qualifiedName(), unknown.get(), verbs(command, unknown.get())));
    } else {
      shell.output().note("certcollect: " + UsageMessages.of(problem));
    }
    shell.output().note("See `%s --help`.".formatted(command.qualifiedName()));
    return ExitCode.USAGE;
  }

  /** The word at the position of a verb that is not a verb. */
  private static Optional<String> unknownVerb(ParameterException problem) {
    return problem instanceof UnmatchedArgumentException unmatched
            && !problem.getCommandLine().getSubcommands().isEmpty()
        ? unmatched.getUnmatched().stream().findFirst().filter(word -> !word.startsWith("-"))
        : Optional.empty();
  }

  private static String verbs(CommandSpec command, String unknown) {
    List<String> verbs = List.copyOf(command.subcommands().keySet());
    return Spelling.closest(unknown, verbs)
        .map(close -> "did you mean %s?".formatted(close))
        .orElseGet(() -> "it has " + String.join(", ", verbs));
  }

  /** Runs the verb. An unknown verb is refused even with --help. */
  static int execute(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    CommandLine command = last.commandSpec().commandLine();
    if (!command.getSubcommands().isEmpty() && !last.unmatched().isEmpty()) {
      throw new UnmatchedArgumentException(command, last.unmatched());
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  @Override
  public int handleExecutionException(Exception problem, CommandLine command, ParseResult parsed) {
    int exitCode = Advice.exitCode(problem);
    if (exitCode == ExitCode.PIPE) {
      if (shell.surroundings().pipe()) {
        return exitCode;
      }
      exitCode = ExitCode.REFUSED;
    }
    if (exitCode == ExitCode.FAULT) {
      shell
          .output()
          .note(
              ("certcollect: internal error (%s); please report it with the output of `%s --debug`"
                      + " and `certcollect --version`")
                  .formatted(problem, command.getCommandSpec().qualifiedName()));
    } else {
      shell.output().notes(lines(problem));
    }
    if (shell.debug()) {
      problem.printStackTrace(shell.surroundings().err());
    }
    return exitCode;
  }

  private static List<String> lines(Exception problem) {
    List<String> lines =
        new ArrayList<>(
            problem instanceof ConfigurationException configuration
                ? configuration.problems()
                : List.of(Advice.message(problem)));
    lines.set(0, "certcollect: " + lines.get(0));
    return lines;
  }
}
