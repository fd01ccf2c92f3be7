package org.certcollect.cli.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.certcollect.admin.DataFolder;
import org.certcollect.admin.TemporaryFolder;
import org.certcollect.cli.demo.DemoStore;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.cli.verb.ExitCode;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The verb {@code archive-classes}: does what servers and operators do most, on a throw-away store.
 * The start script runs it with the option of the JVM that writes down which classes were loaded
 * and which methods were hot.
 */
@Command(
    name = "archive-classes",
    description = {
      "Make the archives of classes beside the jar, which make later starts faster.",
      "It takes half a minute if --time is not given. Make them anew after an update of Java or of"
          + " the jar. The start script makes them: java -jar alone does not."
    })
public final class TrainingVerb implements Callable<Integer> {
  private final Shell shell;
  private final Verbs verbs;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      description = "Time for which the server is kept busy (default: 10s).")
  private Duration time = Duration.ofSeconds(10);

  @Option(
      names = "--of",
      hidden = true,
      paramLabel = "PART",
      description = "The part of the work to do: ${COMPLETION-CANDIDATES} (default: all).")
  private Optional<Part> part = Optional.empty();

  /** A part of the work. The start script makes an archive of each. */
  private enum Part {
    /** Only the checks, so that the script refuses wrong arguments at once. */
    ARGUMENTS,
    SERVER,
    VERBS
  }

  /** A runner of the program's verbs. */
  @FunctionalInterface
  public interface Verbs {
    int run(Surroundings surroundings, String... arguments);
  }

  public TrainingVerb(Shell shell, Verbs verbs) {
    this.shell = shell;
    this.verbs = verbs;
  }

  @Override
  public Integer call() throws IOException, GeneralSecurityException {
    if (time.isZero() && !part.equals(Optional.of(Part.VERBS))) {
      throw CommandException.usage("--time must be more than 0s: the archives need a busy server");
    }
    TemporaryFolder.requireForLibraries();
    if (part.equals(Optional.of(Part.ARGUMENTS))) {
      return ExitCode.DONE;
    }
    try (TemporaryFolder temporary = TemporaryFolder.create()) {
      Path data = temporary.path();
      DemoStore.CollectableOrder order = DemoStore.fill(new DataFolder(data), shell.clock());
      if (!part.equals(Optional.of(Part.VERBS))) {
        serve(data, order);
      }
      if (!part.equals(Optional.of(Part.SERVER))) {
        run(data, "account", "list");
        run(data, "account", "show", order.login());
        run(data, "order", "list");
        run(data, "order", "show", Long.toString(order.number()));
        run(data, "config", "check");
      }
    }
    return ExitCode.DONE;
  }

  private void run(Path data, String... words) {
    String[] arguments = Arrays.copyOf(words, words.length + 2);
    arguments[words.length] = "--data";
    arguments[words.length + 1] = data.toString();
    requireDone(words[0], verbs.run(surroundings(Writer.nullWriter()), arguments));
  }

  private static void requireDone(String verb, int exit) {
    if (exit != ExitCode.DONE) {
      throw CommandException.refused(
          "the verb "
              + verb
              + " ended with "
              + exit
              + " on a throw-away store; run it by itself to see why");
    }
  }

  private void serve(Path data, DemoStore.CollectableOrder order)
      throws IOException, GeneralSecurityException {
    FirstLine address = new FirstLine();
    CompletableFuture<Integer> ended = new CompletableFuture<>();
    Thread server =
        new Thread(
            () -> {
              try {
                ended.complete(
                    verbs.run(
                        surroundings(address),
                        "serve",
                        "--https-port=0",
                        "--http-port=off",
                        "--set=listen.host=127.0.0.1",
                        "--data",
                        data.toString()));
              } finally {
                ended.complete(ExitCode.FAULT);
                address.close();
              }
            },
            "training-server");
    server.start();
    try {
      String url = address.line().join();
      if (!url.isEmpty()) {
        new TrainingLoad(url, new DataFolder(data).file(DataFolder.SELF_SIGNED), order.form())
            .run(time);
      }
    } finally {
      // The server ends as with a signal.
      server.interrupt();
      ended.join();
    }
    requireDone("serve", ended.join());
  }

  private Surroundings surroundings(Writer out) {
    return new Surroundings(
        Map.of(),
        InputStream.nullInputStream(),
        new PrintWriter(out, true),
        new PrintWriter(Writer.nullWriter()),
        OutputStream.nullOutputStream(),
        false,
        false,
        OptionalInt.empty(),
        false,
        shell.clock(),
        shell.surroundings().user(),
        shell.surroundings().program());
  }

  /** A writer that passes on its first line; an empty one if it is closed before. */
  private static final class FirstLine extends Writer {
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<String> line = new CompletableFuture<>();

    CompletableFuture<String> line() {
      return line;
    }

    @Override
    public void write(char[] characters, int from, int length) {
      if (!line.isDone()) {
        text.append(characters, from, length);
        int end = text.indexOf("\n");
        if (end >= 0) {
          line.complete(text.substring(0, end).strip());
        }
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      line.complete("");
    }
  }
}
