package org.certcollect.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.certcollect.cli.verb.Surroundings;
import org.certcollect.store.jdbc.postgres.PostgresConfig;

/** Runs the command inside the test's process, on a data folder of its own. */
public final class Cli {
  private final Path data;
  private final Clock clock;
  private final Map<String, String> environment = new HashMap<>();
  private OptionalInt columns = OptionalInt.empty();
  private boolean pipe;
  private boolean asks;
  private Optional<Watch> watched = Optional.empty();
  private String program = "certcollect";

  public Cli(Path data) {
    this(data, Clock.systemUTC());
  }

  public Cli(Path data, Clock clock) {
    this.data = data;
    this.clock = clock;
    environment.put("CERTCOLLECT_DATA", data.toString());
  }

  /** Surroundings with nothing in them. */
  static Surroundings surroundings(PrintWriter err) {
    return surroundings(Map.of(), err);
  }

  /** Surroundings with an environment alone. */
  public static Surroundings surroundings(Map<String, String> environment, PrintWriter err) {
    return new Surroundings(
        environment,
        InputStream.nullInputStream(),
        new PrintWriter(Writer.nullWriter()),
        err,
        OutputStream.nullOutputStream(),
        false,
        false,
        OptionalInt.empty(),
        false,
        Clock.systemUTC(),
        "tester",
        "certcollect");
  }

  public Path data() {
    return data;
  }

  /** Sets an environment variable for the runs that follow. */
  public Cli with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Shows the results of the runs that follow on a terminal of a width. */
  public Cli onTerminal(int width) {
    columns = OptionalInt.of(width);
    return this;
  }

  /** Lets the runs that follow ask; the answer is their input. */
  public Cli thatAsks() {
    asks = true;
    return this;
  }

  /** Starts the runs that follow by another name. */
  public Cli startedAs(String name) {
    program = name;
    return this;
  }

  /** Writes the results of the runs that follow to a pipe. */
  public Cli intoPipe() {
    pipe = true;
    return this;
  }

  private record Watch(String text, Runnable event) {}

  /** Does something when the runs that follow write a text to standard error. */
  public Cli when(String text, Runnable event) {
    watched = Optional.of(new Watch(text, event));
    return this;
  }

  private static StringWriter writer(Watch watch) {
    return new StringWriter() {
      @Override
      public void write(String part, int from, int length) {
        super.write(part, from, length);
        if (part.contains(watch.text)) {
          watch.event.run();
        }
      }
    };
  }

  /** Keeps the store on a PostgreSQL database in the runs that follow. */
  public Cli on(PostgresConfig config) {
    return with("CERTCOLLECT_STORE_URL", config.url())
        .with("CERTCOLLECT_STORE_USER", config.user())
        .with("CERTCOLLECT_STORE_PASSWORD", config.password().orElseThrow());
  }

  /** The environment of its runs. */
  public Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  /** Runs a command line, its words with blanks between. */
  public Run run(String commandLine) {
    return run("", commandLine.split(" "));
  }

  /** Runs a command line whose arguments may hold blanks. */
  public Run run(String input, String... arguments) {
    return run(input, new StringWriter(), arguments);
  }

  /** Runs a command line whose results go to a writer that may fail. */
  public Run run(Writer out, String commandLine) {
    return run("", out, commandLine.split(" "));
  }

  private Run run(String input, Writer out, String... arguments) {
    return run(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), out, arguments);
  }

  /** Runs a command line with a standard input that may fail. */
  public Run run(InputStream input, String... arguments) {
    return run(input, new StringWriter(), arguments);
  }

  private Run run(InputStream input, Writer out, String... arguments) {
    StringWriter err = watched.map(Cli::writer).orElseGet(StringWriter::new);
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    Surroundings surroundings =
        new Surroundings(
            environment,
            input,
            new PrintWriter(out),
            new PrintWriter(err),
            log,
            false,
            asks,
            columns,
            pipe,
            clock,
            "tester",
            program);
    int exit = CommandTree.forCommand(surroundings, arguments).execute(arguments);
    return new Run(exit, out.toString(), err + log.toString(StandardCharsets.UTF_8));
  }

  /** Runs what has to succeed, to prepare a test. */
  public Run done(String commandLine) {
    Run run = run(commandLine);
    if (run.exit() != 0) {
      throw new AssertionError(commandLine + ": " + run);
    }
    return run;
  }

  /** The result of a run. */
  public record Run(int exit, String out, String err) {
    /** The value of a field in the first line of JSON. */
    public String field(String name) {
      return fields().get(name);
    }

    /** The fields of the first line of JSON, those that are not nested. */
    public Map<String, String> fields() {
      Map<String, String> fields = new HashMap<>();
      try (JsonParser parser = new JsonFactory().createParser(out.lines().findFirst().orElse(""))) {
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          fields.put(name, parser.getText());
          parser.skipChildren();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(out, e);
      }
      return fields;
    }

    public List<String> lines() {
      return out.lines().toList();
    }

    /** The text after a label at the start of a line. */
    public String after(String label) {
      return Arrays.stream(out.split("\n"))
          .filter(line -> line.startsWith(label))
          .map(line -> line.substring(label.length()).strip())
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + label + " in " + out));
    }
  }
}
