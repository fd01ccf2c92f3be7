package org.certcollect.admin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.CodeHash;

/**
 * The key of a store's collection codes: a configured file, or one in the data folder, made before
 * the first code. A key that is not the store's is refused, on whatever node.
 */
public final class CollectionCodeKey {
  private final Path file;
  private final boolean own;
  private final DataFolder folder;
  private final Store store;

  /**
   * Looks for nothing yet.
   *
   * @param configured the key's file; without it one in the folder
   * @param store whose codes they are
   */
  public CollectionCodeKey(Optional<Path> configured, DataFolder folder, Store store) {
    this.file = configured.orElse(folder.codesKey());
    this.own = configured.isEmpty();
    this.folder = folder;
    this.store = store;
  }

  /** The codes of the store, whose key this is from now on if it had none. */
  public CollectionCodes use(Actor by) {
    if (own) {
      requireNotLost();
    }
    CollectionCodes codes = new CollectionCodes(readOrMake());
    require(codes.mark(), store.codesKey().adopt(codes.mark(), by));
    return codes;
  }

  /** The same for a trial: a key that would have to be made is one that nobody keeps. */
  public CollectionCodes tryOut() {
    if (own) {
      requireNotLost();
    }
    CollectionCodes codes =
        new CollectionCodes(own && !Files.exists(file) ? KeyFile.random() : KeyFile.read(file));
    store.codesKey().mark().ifPresent(known -> require(codes.mark(), known));
    return codes;
  }

  /**
   * Makes this key, or a new one in the data folder, the store's in the place of one that is lost.
   *
   * @return its file
   */
  public Path replace(Actor by) {
    CodeHash mark = new CollectionCodes(readOrMake()).mark();
    if (store.codesKey().mark().equals(Optional.of(mark))) {
      throw new CodeKeyException(
          file,
          CodeKeyException.Reason.IN_USE,
          "%s is the key of this store's collection codes already, nothing is lost"
              .formatted(file));
    }
    store.codesKey().replace(mark, by);
    return file;
  }

  private byte[] readOrMake() {
    if (!own) {
      return KeyFile.read(file);
    }
    folder.create();
    return KeyFile.readOrCreate(file);
  }

  private void requireNotLost() {
    // Looked for again, as another process may have made it and a code between the two.
    if (!Files.exists(file) && isNeeded() && !Files.exists(file)) {
      throw new CodeKeyException(
          file,
          CodeKeyException.Reason.MISSING,
          "%s is missing; without it no collection code of this store can be checked"
              .formatted(file));
    }
  }

  private boolean isNeeded() {
    return store.codesKey().mark().isPresent() || store.orders().anyCode();
  }

  private void require(CodeHash mark, CodeHash known) {
    if (!mark.equals(known)) {
      throw new CodeKeyException(
          file,
          CodeKeyException.Reason.OTHER_KEY,
          ("%s is not the key that the collection codes of this store were made with; none of them"
                  + " would be found")
              .formatted(file));
    }
  }
}
