package org.certcollect.cli.verb;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;
import java.util.OptionalInt;
import org.certcollect.cli.config.LogFormat;
import org.certcollect.server.log.Logs;

/**
 * The process that the command runs in.
 *
 * @param out the stream for results
 * @param err the stream for everything else
 * @param log the stream for the log of a server
 * @param terminal whether the log goes to a terminal
 * @param asks whether a person at a terminal can be asked, and answers on the standard input
 * @param columns the width of the terminal that shows results; empty if there is none
 * @param pipe whether results go to another program, which may stop reading at any time
 * @param user the user name in the operating system
 * @param program the name that the program was started by, for example {@code ./certcollect}
 */
public record Surroundings(
    Map<String, String> environment,
    InputStream in,
    PrintWriter out,
    PrintWriter err,
    OutputStream log,
    boolean terminal,
    boolean asks,
    OptionalInt columns,
    boolean pipe,
    Clock clock,
    String user,
    String program) {
  /** Whether results may have colours: they go to a terminal, and NO_COLOR is not set. */
  public boolean colours() {
    return columns.isPresent() && environment.getOrDefault("NO_COLOR", "").isEmpty();
  }

  public void openLog(LogFormat format) {
    Logs.to(log, format == LogFormat.JSON || (format == LogFormat.AUTO && !terminal));
  }
}
