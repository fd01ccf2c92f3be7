package org.certcollect.cli.transfer;

import java.util.Optional;
import java.util.function.Supplier;
import org.certcollect.store.CodeHash;
import org.certcollect.store.CollectionCodes;

/** Collection codes whose key is looked for when the first is met. Safe for use by many threads. */
final class LazyCodes {
  private final Supplier<CollectionCodes> opener;
  private Optional<CollectionCodes> codes = Optional.empty();

  LazyCodes(Supplier<CollectionCodes> opener) {
    this.opener = opener;
  }

  CodeHash hash(String code) {
    return get().hash(code);
  }

  private synchronized CollectionCodes get() {
    if (codes.isEmpty()) {
      codes = Optional.of(opener.get());
    }
    return codes.get();
  }
}
