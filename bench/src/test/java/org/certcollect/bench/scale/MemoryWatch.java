package org.certcollect.bench.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The maximum memory of a process: its own, and separately that of files, which the system can take
 * back. Not thread-safe.
 */
final class MemoryWatch {
  private static final long EVERY_MILLIS = 100;

  private long anonymousKib;
  private long fileKib;

  /** Watches a process until it ends. */
  void untilItEnds(Process process) throws IOException, InterruptedException {
    Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
    while (!process.waitFor(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
      look(lines(status));
    }
  }

  void look(List<String> status) {
    anonymousKib = Math.max(anonymousKib, kib(status, "RssAnon:"));
    fileKib = Math.max(fileKib, kib(status, "RssFile:"));
  }

  double anonymousMib() {
    return anonymousKib / 1024.0;
  }

  double fileMib() {
    return fileKib / 1024.0;
  }

  private static List<String> lines(Path status) throws IOException {
    try {
      return Files.readAllLines(status);
    } catch (IOException e) {
      if (Files.exists(status)) {
        throw e;
      }
      return List.of();
    }
  }

  private static long kib(List<String> status, String name) {
    return status.stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(0);
  }
}
