package org.certcollect.cli;

import java.util.concurrent.Callable;
import org.certcollect.cli.verb.ExitCode;
import org.certcollect.cli.verb.Shell;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    description = {
      "Print the completion for bash and zsh.",
      "Use: source <(${ROOT-COMMAND-NAME} completion)"
    })
final class Completion implements Callable<Integer> {
  private final Shell shell;
  @Spec private CommandSpec spec = CommandSpec.create();

  Completion(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    shell.output().line(AutoComplete.bash("certcollect", spec.root().commandLine()));
    return ExitCode.DONE;
  }
}
