package org.certcollect.cli.verb;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The command's view of the process that it runs in.
 *
 * @param out for results
 * @param err for everything else
 * @param log for a server's log
 * @param terminal whether a person reads the log as it comes
 * @param columns the width of the terminal that results are shown on; empty for anything else
 * @param pipe whether results go to another program, which may stop reading at any time
 * @param user the operating system's name of who runs it
 */
public record Surroundings(
    Map<String, String> environment,
    InputStream in,
    PrintWriter out,
    PrintWriter err,
    OutputStream log,
    boolean terminal,
    OptionalInt columns,
    boolean pipe,
    Clock clock,
    String user) {}
