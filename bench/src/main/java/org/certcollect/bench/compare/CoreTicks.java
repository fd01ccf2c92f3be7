package org.certcollect.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What a core has done since the machine started, in the kernel's ticks. */
record CoreTicks(long busy, long idle) {
  static CoreTicks now(int core) {
    try {
      return parse(Files.readString(Path.of("/proc/stat")), core);
    } catch (IOException e) {
      throw new BenchException("/proc/stat cannot be read", e);
    }
  }

  /**
   * Reads the text of /proc/stat. Time that the hypervisor took is neither busy nor idle: it was no
   * one's here.
   */
  static CoreTicks parse(String stat, int core) {
    String start = "cpu" + core + " ";
    String line =
        stat.lines()
            .filter(l -> l.startsWith(start))
            .findFirst()
            .orElseThrow(() -> new BenchException("this machine has no core " + core));
    // user nice system idle iowait irq softirq steal
    long[] ticks =
        Arrays.stream(line.substring(start.length()).split(" ", -1))
            .mapToLong(Long::parseLong)
            .toArray();
    return new CoreTicks(ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6], ticks[3] + ticks[4]);
  }

  /** The share of the time since then that it was busy. */
  double busySince(CoreTicks before) {
    long did = busy - before.busy;
    long all = did + idle - before.idle;
    return all == 0 ? 0 : (double) did / all;
  }
}
