package org.certcollect.store;

import java.util.Optional;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.CodeHash;

/**
 * The key that the collection codes of a {@link Store} are hashed with. The store knows only the
 * key's {@link CollectionCodes#mark}, so that a node with another key is found before it tells
 * people that their codes are unknown.
 */
public interface CodesKey {
  /** The mark of the key; empty until a key was used. */
  Optional<CodeHash> mark();

  /** Notes the key unless another was noted before, and returns the mark of the one that counts. */
  CodeHash adopt(CodeHash mark, Actor by);

  /** Notes the key whatever was before, for when that is lost: its codes are found no more. */
  void replace(CodeHash mark, Actor by);
}
