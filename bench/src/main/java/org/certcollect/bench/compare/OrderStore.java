package org.certcollect.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A store with generated orders, the same for the same count, and accounts that can log in. */
final class OrderStore {
  /** The last number before the generated ones. */
  static final long BEFORE_FIRST = 1_000_000;

  private OrderStore() {}

  /** Fills a store, where no run before has. */
  static Password fill(Certcollect certcollect, int orders) throws IOException {
    Path data = certcollect.data();
    Path complete = data.resolve("bench-complete");
    if (!Files.exists(complete)) {
      Progress.say("importing %,d orders", orders);
      Layout.delete(data);
      Files.createDirectories(data);
      // Orders come with hashes of collection codes, which a server refuses to have no key for.
      Secrets.writeRandom(data.resolve("collection-codes.key"));
      certcollect.importOrders(orders);
      Password.in(data).make(certcollect);
      Files.createFile(complete);
    }
    return Password.in(data);
  }
}
