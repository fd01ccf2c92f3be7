package org.certcollect.cli.transfer;

import java.util.Optional;
import org.certcollect.cli.Shell;
import org.certcollect.store.CodeHash;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.Store;

/**
 * The store's collection codes, whose key is looked for, and made, when the first code is met. Safe
 * for use by many threads.
 */
final class LazyCodes {
  private final Shell shell;
  private final Store store;
  private Optional<CollectionCodes> codes = Optional.empty();

  LazyCodes(Shell shell, Store store) {
    this.shell = shell;
    this.store = store;
  }

  CodeHash hash(String code) {
    return get().hash(code);
  }

  private synchronized CollectionCodes get() {
    if (codes.isEmpty()) {
      codes = Optional.of(shell.codes(store));
    }
    return codes.get();
  }
}
