package org.certcollect.store;

import java.util.Optional;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.CodeHash;

/**
 * The record of the key that the collection codes of a {@link Store} are hashed with. The store
 * knows only the key's {@link CollectionCodes#keyCheckValue}, so that a node with another key is
 * found before it tells clients that their codes are unknown.
 */
public interface CodesKey {
  /** The key check value; empty until a key is used. */
  Optional<CodeHash> keyCheckValue();

  /**
   * Records the key if none is recorded yet. Returns the key check value of the recorded key, which
   * may be another one.
   */
  CodeHash adopt(CodeHash keyCheckValue, Actor by);

  /**
   * Records the key in place of an earlier one that was lost. The codes of the earlier key are no
   * longer found.
   */
  void replace(CodeHash keyCheckValue, Actor by);
}
