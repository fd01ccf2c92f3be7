package org.certcollect.bench.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * The cores that programs run on. What is not put elsewhere runs where this program does, which
 * {@code bench/run} puts on the load's core: the load client and PostgreSQL, too.
 */
final class Cores {
  static final int SERVER = 0;
  static final int LOAD = 1;

  private Cores() {}

  static List<String> server(List<String> command) {
    return on(String.valueOf(SERVER), command);
  }

  /** For what is done before anything is measured. */
  static List<String> all(List<String> command) {
    return on(SERVER + "," + LOAD, command);
  }

  private static List<String> on(String cores, List<String> command) {
    List<String> all = new ArrayList<>(List.of("taskset", "-c", cores));
    all.addAll(command);
    return all;
  }
}
