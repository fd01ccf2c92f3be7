package org.certcollect.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.certcollect.cli.verb.ExitCode;
import org.certcollect.cli.verb.Shell;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The verb {@code help}. Unlike picocli's own, it goes down to the verbs of a group. */
@Command(name = "help", description = "Show the help of a verb, for example `help order issue`.")
final class HelpVerb implements Callable<Integer> {
  private final Shell shell;
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "VERB", arity = "0..*", description = "The verb (default: all of them).")
  private List<String> words = List.of();

  HelpVerb(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    CommandLine command = spec.root().commandLine();
    for (String word : words) {
      CommandLine next = command.getSubcommands().get(word);
      if (next == null) {
        throw new UnmatchedArgumentException(command, List.of(word));
      }
      command = next;
    }
    command.usage(shell.surroundings().out());
    return ExitCode.DONE;
  }
}
