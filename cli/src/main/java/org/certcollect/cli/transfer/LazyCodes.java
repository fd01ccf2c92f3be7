package org.certcollect.cli.transfer;

import java.util.Optional;
import java.util.function.Supplier;
import org.certcollect.cli.Shell;
import org.certcollect.store.CodeHash;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.Store;

/** Collection codes whose key is looked for when the first is met. Safe for use by many threads. */
final class LazyCodes {
  private final Supplier<CollectionCodes> opener;
  private final boolean sameKey;
  private Optional<CollectionCodes> codes = Optional.empty();

  private LazyCodes(Supplier<CollectionCodes> opener, boolean sameKey) {
    this.opener = opener;
    this.sameKey = sameKey;
  }

  /** Those of an import, which makes the store's key that of the input if it has none. */
  static LazyCodes of(Shell shell, Store store, Header header) {
    Optional<CodeHash> adopted =
        header.codesKey().map(mark -> store.codesKey().adopt(mark, shell.actor()));
    return new LazyCodes(() -> shell.codes(store), adopted.equals(header.codesKey()));
  }

  /** Those of a trial, which changes nothing. */
  static LazyCodes rehearsed(Shell shell, Store store, Header header) {
    Optional<CodeHash> wouldBe =
        header.codesKey().map(mark -> store.codesKey().mark().orElse(mark));
    return new LazyCodes(() -> shell.keyOfCodes(store).tryOut(), wouldBe.equals(header.codesKey()));
  }

  synchronized CodeHash hash(String code) {
    if (codes.isEmpty()) {
      codes = Optional.of(opener.get());
    }
    return codes.get().hash(code);
  }

  /**
   * A hash from the input.
   *
   * @throws UnfitException when it is made with another key than this store's
   */
  CodeHash known(CodeHash hash) {
    if (!sameKey) {
      throw new UnfitException(
          "codeHash is made with another key than the collection codes of this store: leave it out,"
              + " and make a new code with `certcollect order code`; or, where this store's own codes"
              + " need not last, put that key in the place of its own, run `certcollect order new-key`"
              + " and import again");
    }
    return hash;
  }
}
