package org.certcollect.admin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.CodeHash;

/**
 * The key of a store's collection codes. It is read from a configured file, or from a file in the
 * data folder that is created before the first code. The store keeps the key check value, so that
 * every node refuses another key.
 */
public final class CollectionCodeKey {
  private final Path file;
  private final boolean own;
  private final DataFolder folder;
  private final Store store;

  /**
   * Creates a key without reading any file.
   *
   * @param configured the file of the key; if empty, it is the one in the data folder
   * @param store the store that holds the codes
   */
  public CollectionCodeKey(Optional<Path> configured, DataFolder folder, Store store) {
    this.file = configured.orElse(folder.codesKey());
    this.own = configured.isEmpty();
    this.folder = folder;
    this.store = store;
  }

  /** Opens the codes of the store. If the store has no key yet, this one becomes its key. */
  public CollectionCodes use(Actor by) {
    if (own) {
      requireNotLost();
    }
    CollectionCodes codes = new CollectionCodes(readOrMake());
    require(codes.keyCheckValue(), store.codesKey().adopt(codes.keyCheckValue(), by));
    return codes;
  }

  /** Opens the codes for a dry run. If the key does not exist, a random one is used and dropped. */
  public CollectionCodes tryOut() {
    if (own) {
      requireNotLost();
    }
    CollectionCodes codes =
        new CollectionCodes(own && !Files.exists(file) ? KeyFile.random() : KeyFile.read(file));
    store.codesKey().keyCheckValue().ifPresent(known -> require(codes.keyCheckValue(), known));
    return codes;
  }

  /**
   * Makes this key the key of the store, in place of one that is lost. If the data folder has no
   * key, one is created.
   *
   * @return the file of the key
   */
  public Path replace(Actor by) {
    store.codesKey().replace(other(readOrMake()), by);
    return file;
  }

  /** Checks that {@link #replace} would replace the key, and makes none. */
  public Path tryReplace() {
    if (!own || Files.exists(file)) {
      other(KeyFile.read(file));
    }
    return file;
  }

  /** The key check value of a key that is not the store's. */
  private CodeHash other(byte[] key) {
    CodeHash keyCheckValue = new CollectionCodes(key).keyCheckValue();
    if (store.codesKey().keyCheckValue().equals(Optional.of(keyCheckValue))) {
      throw new CodeKeyException(
          file,
          CodeKeyException.Reason.IN_USE,
          "%s is already the key of this store's collection codes; nothing is lost"
              .formatted(file));
    }
    return keyCheckValue;
  }

  /**
   * The place of the key, if it is not there although the store has collection codes, for example
   * those of the input of an import, or has taken a key.
   */
  public Optional<Path> missing() {
    return Optional.of(file).filter(key -> !Files.exists(key) && isNeeded());
  }

  private byte[] readOrMake() {
    if (!own) {
      return KeyFile.read(file);
    }
    folder.create();
    return KeyFile.readOrCreate(file);
  }

  private void requireNotLost() {
    // The second look is needed because another process may have created the key and a code
    // between the first look and the query.
    if (!Files.exists(file) && isNeeded() && !Files.exists(file)) {
      throw new CodeKeyException(
          file,
          CodeKeyException.Reason.MISSING,
          "%s is missing; without it no collection code of this store can be checked"
              .formatted(file));
    }
  }

  private boolean isNeeded() {
    return store.codesKey().keyCheckValue().isPresent() || store.orders().anyCode();
  }

  private void require(CodeHash keyCheckValue, CodeHash known) {
    if (!keyCheckValue.equals(known)) {
      throw new CodeKeyException(
          file,
          CodeKeyException.Reason.OTHER_KEY,
          ("%s is not the key that the collection codes of this store were made with; with it, no"
                  + " code would be found")
              .formatted(file));
    }
  }
}
