package org.certcollect.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The command in a JVM of its own; ended, however a test ends, when it is closed. */
public final class ChildProcess implements AutoCloseable {
  private static final long SECONDS = 60;

  /** The common pool may have one thread alone, and two streams are read at once. */
  private static final Executor THREADS =
      task -> {
        Thread thread = new Thread(task, "reader");
        thread.setDaemon(true);
        thread.start();
      };

  private final Process process;
  private final BufferedReader out;
  private final StringBuilder written = new StringBuilder();
  private final CompletableFuture<String> err;
  private final List<String> lines = new ArrayList<>();

  private ChildProcess(Process process) {
    this.process = process;
    out = process.inputReader(StandardCharsets.UTF_8);
    err =
        CompletableFuture.supplyAsync(
            () -> {
              process.errorReader(StandardCharsets.UTF_8).lines().forEach(this::written);
              synchronized (written) {
                return written.toString();
              }
            },
            THREADS);
  }

  /** Starts the command, its temporary files in a folder. */
  public static ChildProcess start(Path temporary, String... arguments) throws IOException {
    return start(temporary, List.of(), arguments);
  }

  /** Starts the command with more options for the JVM, its temporary files in a folder. */
  public static ChildProcess start(Path temporary, List<String> options, String... arguments)
      throws IOException {
    return start(Main.class, temporary, options, arguments);
  }

  static ChildProcess start(
      Class<?> main, Path temporary, List<String> options, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(DefaultSignals.PREFIX);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // As the launcher has it for short verbs; it starts sooner so.
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(options);
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("CERTCOLLECT_"));
    return new ChildProcess(builder.start());
  }

  /** Reads results until a line that starts so, which it returns. */
  public String await(String start) {
    try {
      return CompletableFuture.supplyAsync(() -> read(start), THREADS)
          .get(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new AssertionError("no line " + start + "\n" + lines + "\n" + err.join(), e);
    }
  }

  private String read(String start) {
    try {
      String line;
      do {
        line = out.readLine();
        if (line == null) {
          throw new IllegalStateException("the output has ended");
        }
        lines.add(line);
      } while (!line.startsWith(start));
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void written(String line) {
    synchronized (written) {
      written.append(line).append('\n');
      written.notifyAll();
    }
  }

  /** Waits until it has written a text beside results. */
  public void awaitErr(String text) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    synchronized (written) {
      while (written.indexOf(text) < 0) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          throw new AssertionError("not written: " + text + "\n" + written);
        }
        written.wait(left);
      }
    }
  }

  /** The results not yet read, up to the end of them. */
  public List<String> rest() {
    return out.lines().toList();
  }

  /** The results read up to now. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** Sends SIGTERM and waits for the end. */
  public int terminate() throws InterruptedException {
    // Not the process's own destroy, which closes the streams while they are read.
    boolean sent = process.toHandle().destroy();
    assert sent;
    return waitFor();
  }

  /** Sends a signal, for example {@code INT}, and waits for the end. */
  public int signal(String name) throws IOException, InterruptedException {
    send(name);
    return waitFor();
  }

  /** Sends SIGKILL and waits for the end. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Sends a signal that it goes on after. */
  public void send(String name) throws IOException, InterruptedException {
    DefaultSignals.assumeDelivered();
    new ProcessBuilder("sh", "-c", "kill -s " + name + " " + process.pid()).start().waitFor();
  }

  /** The exit code. */
  public int waitFor() throws InterruptedException {
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("it has not ended");
    }
    return process.exitValue();
  }

  /** All that it wrote beside results; waits for its end. */
  public String err() {
    return err.join();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
