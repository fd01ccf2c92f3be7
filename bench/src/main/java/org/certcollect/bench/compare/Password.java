package org.certcollect.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** The password of the accounts that are asked for, in a file in a store's folder. */
record Password(Path file) {
  /** Those that have the most orders. */
  static final List<String> LOGINS =
      IntStream.rangeClosed(1, 8).mapToObj(i -> "reseller" + i).toList();

  static Password in(Path data) {
    return new Password(data.resolve("bench-password"));
  }

  String text() throws IOException {
    return Files.readString(file);
  }

  /** Makes one and gives it to the accounts. */
  void make(Certcollect certcollect) throws IOException {
    Secrets.writeRandom(file);
    LOGINS.forEach(login -> certcollect.setPassword(login, file));
  }
}
