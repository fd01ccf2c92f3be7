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

/** Starts the {@code certcollect} command. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    // Our own code names its locale; libraries that do not must not write other digits either.
    Locale.setDefault(Locale.ROOT);
    PrintWriter err = writer(FileDescriptor.err);
    boolean debug =
        Arrays.asList(args).contains("--debug")
            || !System.getenv().getOrDefault("CERTCOLLECT_DEBUG", "").isEmpty();
    // Ends the process, whatever threads still live.
    System.exit(guarded(() -> run(args, err, debug), err, debug));
  }

  private static int run(String[] args, PrintWriter err, boolean debug) {
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
            // The launcher knows; Java cannot tell for one stream.
            Boolean.getBoolean("certcollect.terminal"),
            columns(System.getProperty("certcollect.columns", "")),
            isPipe(),
            Clock.systemUTC(),
            System.getProperty("user.name", "unknown"));
    return arrived(CommandTree.of(surroundings).execute(args), surroundings);
  }

  /** Whether letters are lost: Java leaves this one for what is not in the locale's charset. */
  static boolean areMutilated(String... args) {
    return String.join("", args).indexOf('\uFFFD') >= 0;
  }

  /** The exit code, after whatever is still unwritten was written. */
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

  /** The width that the launcher found; a terminal narrower than a word is none. */
  static OptionalInt columns(String text) {
    return text.matches("[1-9][0-9]{1,4}")
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }

  /** Whether standard output is a pipe or a socket. Only Linux tells; elsewhere it is none. */
  private static boolean isPipe() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/1"))
          .toString()
          .matches("(pipe|socket):.*");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** Runs the command; what no one has caught, an {@code Error} above all, is a fault of ours. */
  static int guarded(IntSupplier command, PrintWriter err, boolean debug) {
    try {
      return command.getAsInt();
    } catch (Throwable fault) {
      err.println(
          "certcollect: this is a fault of certcollect itself (%s); please report it with what it"
                  .formatted(fault.toString().replaceAll("\\p{Cntrl}+", " "))
              + " prints with --debug, and what `certcollect --version` prints");
      if (debug) {
        fault.printStackTrace(err);
      }
      err.flush();
      return ExitCode.FAULT;
    }
  }

  /** What libraries log is for a server's log, which is set up by the verbs that are servers. */
  private static void silence() {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), true, terminalCharset());
  }

  /** The charset of the locale; JDK 17 has no official name for it. */
  private static Charset terminalCharset() {
    String name = System.getProperty("native.encoding", "UTF-8");
    return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
  }
}
