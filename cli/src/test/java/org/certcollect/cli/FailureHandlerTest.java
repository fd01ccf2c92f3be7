package org.certcollect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.cli.verb.GlobalOptions;
import org.certcollect.cli.verb.Shell;
import org.certcollect.server.StartException;
import org.certcollect.store.domain.StoreException;
import org.certcollect.store.domain.StoreUnavailableException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FailureHandlerTest {
  private final StringWriter err = new StringWriter();

  @Test
  void faultOfOurOwnIs70AndOneLineThatSaysWhatToReport() {
    assertThat(handle(new IllegalStateException("odd"))).isEqualTo(70);
    assertThat(err.toString())
        .contains("IllegalStateException: odd", "report", "--debug")
        .hasLineCount(1);
  }

  @Test
  void storeInTroubleIs3AndOneThatFailsOtherwiseIs70() {
    assertThat(handle(new StoreUnavailableException("the disk is full"))).isEqualTo(3);
    assertThat(handle(new StoreException("a statement failed"))).isEqualTo(70);
  }

  @Test
  void serverThatCannotStartIs2AndSaysWhyAlone() {
    assertThat(handle(new StartException("port 1 is taken", new Exception()))).isEqualTo(2);
    assertThat(err.toString()).isEqualTo("certcollect: port 1 is taken\n");
  }

  @Test
  void controlCharactersOfAMessageDoNotReachTheTerminal() {
    handle(CommandException.refused("\u001b[31mred"));
    assertThat(err.toString()).contains("\\u001b[31mred").doesNotContain("\u001b");
  }

  private int handle(Exception problem) {
    Shell shell = new Shell(Cli.surroundings(new PrintWriter(err)), new GlobalOptions());
    CommandLine command = new CommandLine(new CommandTree.Certcollect());
    return new FailureHandler(shell)
        .handleExecutionException(problem, command, command.parseArgs());
  }
}
