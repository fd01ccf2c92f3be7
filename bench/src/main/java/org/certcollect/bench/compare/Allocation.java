package org.certcollect.bench.compare;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the threads of a JVM have allocated so far, as its own JDK's jcmd tells. */
final class Allocation {
  private static final Pattern OF_A_THREAD = Pattern.compile("\\ballocated=(\\d+)([BKMG])");

  private Allocation() {}

  /** Bytes; empty where the JVM is of a runtime without tools. */
  static OptionalLong of(Process jvm, Children children) {
    Path java = Path.of(jvm.info().command().orElse("java"));
    Path jcmd = java.resolveSibling("jcmd");
    if (!Files.isExecutable(jcmd)) {
      return OptionalLong.empty();
    }
    String pid = String.valueOf(jvm.pid());
    return OptionalLong.of(
        parse(children.output(List.of(jcmd.toString(), pid, "Thread.print", "-e"))));
  }

  static long parse(String threads) {
    long sum = 0;
    Matcher matcher = OF_A_THREAD.matcher(threads);
    while (matcher.find()) {
      sum += Long.parseLong(matcher.group(1)) << (10 * "BKMG".indexOf(matcher.group(2)));
    }
    return sum;
  }
}
