package org.certcollect.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.IntSupplier;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.cli.verb.ExitCode;
import org.certcollect.cli.verb.Surroundings;

public final class Main {
  private Main() {}

  public static void main(String[] args) {
    PrintWriter err = writer(FileDescriptor.err);
    boolean debug =
        Arrays.asList(args).contains("--debug")
            || !System.getenv().getOrDefault("CERTCOLLECT_DEBUG", "").isEmpty();
    // This ends the process even if threads are still running.
    System.exit(guarded(() -> run(args, err, debug), err, debug));
  }

  static int run(String[] args, PrintWriter err, boolean debug) {
    // Our own code names its locale. Libraries may not, and must not write other digits.
    Locale.setDefault(Locale.ROOT);
    if (!debug) {
      silence();
    }
    if (areMutilated(args)) {
      err.println(
          "certcollect: the arguments are not in the charset of the locale: set LC_ALL=C.UTF-8");
      return ExitCode.USAGE;
    }
    Surroundings surroundings =
        new Surroundings(
            System.getenv(),
            System.in,
            writer(FileDescriptor.out),
            err,
            new FileOutputStream(FileDescriptor.err),
            // The launcher sets this, because Java cannot tell for a single stream.
            Boolean.getBoolean("certcollect.terminal"),
            Boolean.getBoolean("certcollect.asks"),
            columns(System.getProperty("certcollect.columns", "")),
            isPipe(),
            Clock.systemUTC(),
            System.getProperty("user.name", "unknown"),
            System.getProperty("certcollect.program", "certcollect"));
    return arrived(CommandTree.forCommand(surroundings, args).execute(args), surroundings);
  }

  /** Whether arguments hold U+FFFD, which Java puts for bytes outside the locale's charset. */
  static boolean areMutilated(String... args) {
    return String.join("", args).indexOf('\uFFFD') >= 0;
  }

  /** Flushes the output and returns the exit code. */
  static int arrived(int exit, Surroundings surroundings) {
    if (!surroundings.out().checkError() || exit != ExitCode.DONE) {
      return exit;
    }
    if (surroundings.pipe()) {
      return ExitCode.PIPE;
    }
    surroundings.err().println("certcollect: " + CommandException.unread().getMessage());
    return ExitCode.REFUSED;
  }

  /** The width that the launcher found; empty if it is missing or less than 10. */
  static OptionalInt columns(String text) {
    return text.matches("[1-9][0-9]{1,4}")
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }

  /** Whether standard output is a pipe or a socket. Always false except on Linux. */
  private static boolean isPipe() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/1"))
          .toString()
          .matches("(pipe|socket):.*");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** Runs the command. An uncaught exception or {@code Error} is reported as an internal error. */
  static int guarded(IntSupplier command, PrintWriter err, boolean debug) {
    try {
      return command.getAsInt();
    } catch (Throwable fault) {
      err.println(
          "certcollect: internal error (%s); please report it with the output with --debug and of"
                  .formatted(fault.toString().replaceAll("\\p{Cntrl}+", " "))
              + " `certcollect --version`");
      if (debug) {
        fault.printStackTrace(err);
      }
      err.flush();
      return ExitCode.FAULT;
    }
  }

  /** Removes the handlers of the root logger. The verbs that are servers set up their own. */
  private static void silence() {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), true, terminalCharset());
  }

  /** The charset of the locale. JDK 17 has no method for it. */
  private static Charset terminalCharset() {
    String name = System.getProperty("native.encoding", "UTF-8");
    return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
  }
}
