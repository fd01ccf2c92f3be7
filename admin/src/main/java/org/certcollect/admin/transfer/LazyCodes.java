package org.certcollect.admin.transfer;

import java.util.Optional;
import java.util.function.Supplier;
import org.certcollect.admin.CollectionCodeKey;
import org.certcollect.store.CodesKey;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.CodeHash;

/** Collection codes whose key is looked for when the first is met. Safe for use by many threads. */
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
   * The codes of an import. The store's key becomes that of the input if it has none; a rehearsal
   * changes nothing.
   */
  static LazyCodes of(ImportInput.Target target, Header header) {
    CodesKey stored = target.store().codesKey();
    Actor actor = target.actor();
    Optional<CodeHash> used =
        header
            .codesKey()
            .map(
                given ->
                    target.rehearsal() ? stored.mark().orElse(given) : stored.adopt(given, actor));
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
   * @throws InvalidRecordException when it is made with another key than this store's
   */
  CodeHash known(CodeHash hash) {
    if (!sameKey) {
      throw new InvalidRecordException(OTHER_KEY);
    }
    return hash;
  }
}
