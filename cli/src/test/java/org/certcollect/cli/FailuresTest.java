package org.certcollect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.cli.verb.GlobalOptions;
import org.certcollect.cli.verb.Shell;
import org.certcollect.server.StartException;
import org.certcollect.store.StoreException;
import org.certcollect.store.StoreUnavailableException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FailuresTest {
  private final StringWriter err = new StringWriter();

  @Test
  void a_fault_of_our_own_is_70_and_one_line_that_says_what_to_report() {
    assertThat(handle(new IllegalStateException("odd"))).isEqualTo(70);
    assertThat(err.toString())
        .contains("IllegalStateException: odd", "report", "--debug")
        .hasLineCount(1);
  }

  @Test
  void a_store_in_trouble_is_3_and_one_that_fails_otherwise_is_70() {
    assertThat(handle(new StoreUnavailableException("the disk is full"))).isEqualTo(3);
    assertThat(handle(new StoreException("a statement failed"))).isEqualTo(70);
  }

  @Test
  void a_server_that_cannot_start_is_2_and_says_why_alone() {
    assertThat(handle(new StartException("port 1 is taken", new Exception()))).isEqualTo(2);
    assertThat(err.toString()).isEqualTo("certcollect: port 1 is taken\n");
  }

  @Test
  void control_characters_of_a_message_do_not_reach_the_terminal() {
    handle(CommandException.refused("\u001b[31mred"));
    assertThat(err.toString()).contains("\\u001b[31mred").doesNotContain("\u001b");
  }

  private int handle(Exception problem) {
    Shell shell = new Shell(Cli.surroundings(new PrintWriter(err)), new GlobalOptions());
    CommandLine command = new CommandLine(new Certcollect());
    return new Failures(shell).handleExecutionException(problem, command, command.parseArgs());
  }
}
