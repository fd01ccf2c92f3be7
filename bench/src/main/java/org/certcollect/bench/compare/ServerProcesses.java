package org.certcollect.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The processes of a server, those that it started among them, as the kernel accounts for them. */
record ServerProcesses(List<ProcessHandle> started) {
  private static final double TICKS_PER_SECOND = 100;
  private static final int USER_TIME = 11;

  static ServerProcesses of(Process... started) {
    return new ServerProcesses(Stream.of(started).map(Process::toHandle).toList());
  }

  /** The CPU time that they have used so far. */
  double cpuSeconds() {
    return read("stat", ServerProcesses::ticks).mapToLong(Long::longValue).sum() / TICKS_PER_SECOND;
  }

  Memory memory() {
    return read("status", Memory::parse).reduce(Memory.NONE, Memory::plus);
  }

  /** Reads the text of /proc/PID/stat: the time of all its threads, and of children that ended. */
  static long ticks(String stat) {
    // The name of the program, in brackets, may have blanks and brackets.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1);
    long sum = 0;
    for (int i = USER_TIME; i < USER_TIME + 4; i++) {
      sum += Long.parseLong(fields[i]);
    }
    return sum;
  }

  private <T> Stream<T> read(String file, Function<String, T> parse) {
    return started.stream()
        .flatMap(each -> Stream.concat(Stream.of(each), each.descendants()))
        .map(each -> text(Path.of("/proc", String.valueOf(each.pid()), file)))
        .map(parse);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new BenchException("a server's process has ended: " + file, e);
    }
  }
}
