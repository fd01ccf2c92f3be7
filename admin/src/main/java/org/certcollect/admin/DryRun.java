package org.certcollect.admin;

import java.util.Optional;
import java.util.function.Function;
import org.certcollect.store.Store;

/** A trial of changes: they are made in one transaction, which is then undone. */
public final class DryRun {
  private DryRun() {}

  /**
   * The result that changes would have.
   *
   * @param work the changes, in the store that it is given
   * @throws org.certcollect.store.domain.StoreException as the changes themselves would
   */
  public static <T> T of(Store store, Function<Store, T> work) {
    Undo<T> undo = new Undo<>(work);
    try {
      store.atomically(undo::run);
      throw new IllegalStateException("a dry run was not undone");
    } catch (UndoException e) {
      return undo.result.orElseThrow();
    }
  }

  private static final class Undo<T> {
    private final Function<Store, T> work;
    private Optional<T> result = Optional.empty();

    Undo(Function<Store, T> work) {
      this.work = work;
    }

    T run(Store store) {
      result = Optional.of(work.apply(store));
      throw new UndoException();
    }
  }

  private static final class UndoException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
