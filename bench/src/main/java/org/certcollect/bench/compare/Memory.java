package org.certcollect.bench.compare;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resident memory in KiB: all of it, what is a process's own, and what is of files. */
record Memory(long all, long anonymous, long file) {
  static final Memory NONE = new Memory(0, 0, 0);

  /** Reads the text of /proc/PID/status. */
  static Memory parse(String status) {
    return new Memory(kib(status, "VmRSS"), kib(status, "RssAnon"), kib(status, "RssFile"));
  }

  private static long kib(String status, String name) {
    Matcher line = Pattern.compile(name + ":\\s+(\\d+) kB").matcher(status);
    return line.find() ? Long.parseLong(line.group(1)) : 0;
  }

  Memory plus(Memory other) {
    return new Memory(all + other.all, anonymous + other.anonymous, file + other.file);
  }
}
