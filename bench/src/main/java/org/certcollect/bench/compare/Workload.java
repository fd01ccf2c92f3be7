package org.certcollect.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One way of asking for one answer.
 *
 * @param scripts whether PHP scripts take part, too
 */
record Workload(String name, Stage stage, Mode mode, Answer answer, boolean scripts) {
  private static final Set<String> MAIN =
      Set.of(
          "keep-status",
          "keep-pem",
          "new-ec-pem",
          "resume-ec-pem",
          "new-rsa-pem",
          "keep-pem-postgresql");

  /** Every workload, in the order of the servers that they need. */
  static List<Workload> all() {
    List<Workload> all = new ArrayList<>();
    of(all, "keep-", Stage.SQLITE_EC, Mode.KEEP);
    of(all, "new-ec-", Stage.SQLITE_EC, Mode.NEW);
    of(all, "resume-ec-", Stage.SQLITE_EC, Mode.RESUME);
    all.add(new Workload("keep-pem-php", Stage.SQLITE_EC, Mode.KEEP, Answer.PEM, true));
    all.add(new Workload("new-ec-pem-php", Stage.SQLITE_EC, Mode.NEW, Answer.PEM, true));
    of(all, "new-rsa-", Stage.SQLITE_RSA, Mode.NEW);
    all.add(new Workload("keep-pem-postgresql", Stage.POSTGRESQL, Mode.KEEP, Answer.PEM, false));
    all.add(new Workload("new-ec-pem-postgresql", Stage.POSTGRESQL, Mode.NEW, Answer.PEM, false));
    return all;
  }

  private static void of(List<Workload> all, String name, Stage stage, Mode mode) {
    for (Answer answer : Answer.values()) {
      all.add(new Workload(name + answer.word(), stage, mode, answer, false));
    }
  }

  boolean isMain() {
    return MAIN.contains(name);
  }
}
