package org.certcollect.bench.compare;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The programs that this one has started and that still run; they end with it. Thread-safe. */
final class Children implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 15;

  private final Deque<Process> running = new ArrayDeque<>();
  private boolean closed;

  /** Starts a program whose output goes to a file. */
  Process start(Path log, List<String> command) {
    ProcessBuilder.Redirect output = ProcessBuilder.Redirect.appendTo(log.toFile());
    return start(builder(command).redirectErrorStream(true).redirectOutput(output));
  }

  /** Runs a program to its end, which must be a good one. */
  void run(List<String> command, Path log) {
    awaitSuccess(start(log, command), command);
  }

  /** Runs a program to its end, which must be a good one, and gives what it prints. */
  String output(List<String> command) {
    Process process = start(builder(command).redirectError(ProcessBuilder.Redirect.INHERIT));
    try (InputStream printed = process.getInputStream()) {
      String output = new String(printed.readAllBytes(), StandardCharsets.UTF_8);
      awaitSuccess(process, command);
      return output;
    } catch (IOException e) {
      throw new BenchException(command + " was broken off", e);
    }
  }

  /** Runs two programs to their ends, the first's output the second's input. */
  void pipe(List<String> from, List<String> to, Path log) {
    ProcessBuilder.Redirect output = ProcessBuilder.Redirect.appendTo(log.toFile());
    List<Process> both;
    synchronized (this) {
      requireOpen();
      try {
        both =
            ProcessBuilder.startPipeline(
                List.of(
                    builder(from).redirectError(output),
                    builder(to).redirectError(output).redirectOutput(output)));
      } catch (IOException e) {
        throw new BenchException(from + " cannot be started", e);
      }
      both.forEach(running::push);
    }
    awaitSuccess(both.get(0), from);
    awaitSuccess(both.get(1), to);
  }

  /** Ends a program and what it started. */
  void end(Process process) {
    List<ProcessHandle> below = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    below.forEach(ProcessHandle::destroyForcibly);
    forget(process);
  }

  /** Whether all is over. */
  synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    List<Process> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(running);
    }
    left.forEach(this::end);
  }

  private synchronized Process start(ProcessBuilder builder) {
    requireOpen();
    try {
      Process process = builder.start();
      running.push(process);
      return process;
    } catch (IOException e) {
      throw new BenchException(builder.command() + " cannot be started", e);
    }
  }

  private void awaitSuccess(Process process, List<String> command) {
    try {
      int code = process.waitFor();
      forget(process);
      if (code != 0) {
        throw new BenchException(String.join(" ", command) + " ended with " + code);
      }
    } catch (InterruptedException e) {
      throw new BenchException("interrupted", e);
    }
  }

  private synchronized void forget(Process process) {
    running.remove(process);
  }

  private void requireOpen() {
    if (closed) {
      throw new BenchException("stopped");
    }
  }

  /** Settings of whoever runs this are not those of what it measures; the JVM's stay. */
  private static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("CERTCOLLECT_") && !name.startsWith("CERTCOLLECT_JAVA"));
    return builder;
  }
}
