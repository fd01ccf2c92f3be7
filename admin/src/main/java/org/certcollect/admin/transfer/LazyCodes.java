package org.certcollect.admin.transfer;

import java.util.Optional;
import java.util.function.Supplier;
import org.certcollect.admin.CollectionCodeKey;
import org.certcollect.store.CodesKey;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.CodeHash;

/** Collection codes whose key is opened with the first code. Safe for use by many threads. */
final class LazyCodes {
  static final String OTHER_KEY =
      "codeHash was made with another key than the collection codes of this store";

  private final Supplier<CollectionCodes> opener;
  private final boolean sameKey;
  private Optional<CollectionCodes> codes = Optional.empty();

  private LazyCodes(Supplier<CollectionCodes> opener, boolean sameKey) {
    this.opener = opener;
    this.sameKey = sameKey;
  }

  /**
   * The codes of an import. If the store has no key, that of the input becomes its key, except in a
   * dry run.
   */
  static LazyCodes of(ImportInput.Target target, Header header) {
    CodesKey stored = target.store().codesKey();
    Actor actor = target.actor();
    Optional<CodeHash> used =
        header
            .codesKey()
            .map(
                given ->
                    target.rehearsal()
                        ? stored.keyCheckValue().orElse(given)
                        : stored.adopt(given, actor));
    CollectionCodeKey key = target.codeKey();
    return new LazyCodes(
        () -> target.rehearsal() ? key.tryOut() : key.use(actor), used.equals(header.codesKey()));
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
   * @throws InvalidRecordException if it was made with another key than that of this store
   */
  CodeHash known(CodeHash hash) {
    if (!sameKey) {
      throw new InvalidRecordException(OTHER_KEY);
    }
    return hash;
  }
}
