package org.certcollect.admin.transfer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.certcollect.store.transfer.Loader;
import org.certcollect.store.transfer.Outcome;
import org.certcollect.store.transfer.TransferRecord;
import org.certcollect.store.x509.NativeSignatures;

/** Loads the records of an input into a store, several chunks in each transaction. */
public final class Importer {
  /** The numbers of records that were imported, skipped as already there, and rejected. */
  public record Counts(long imported, long skipped, long rejected) {
    public static final Counts NONE = new Counts(0, 0, 0);

    Counts and(long moreImported, long moreSkipped, long moreRejected) {
      return new Counts(imported + moreImported, skipped + moreSkipped, rejected + moreRejected);
    }

    /** The number of all records. */
    public long records() {
      return imported + skipped + rejected;
    }
  }

  /** A listener to the progress of an import, called by the thread that runs it. */
  public interface Observer {
    /**
     * Called after each batch, which the store may have taken in several transactions.
     *
     * @param counts the counts of all batches so far
     * @param position the position in the input, in the unit of the size
     * @param size the size of the input in bytes or files; empty if it is not known
     */
    void loaded(Counts counts, long position, OptionalLong size);
  }

  /** The maximum number of chunks that are read during a transaction, so that the heap has room. */
  private static final int MAX_AHEAD = 8;

  private final Loader loader;
  private final Consumer<Item.Invalid> rejects;
  private final Observer observer;
  private Counts counts = Counts.NONE;
  private boolean isPrepared;

  /**
   * Creates an import without starting it.
   *
   * @param rejects called for each rejected record
   */
  public Importer(Loader loader, Consumer<Item.Invalid> rejects, Observer observer) {
    this.loader = loader;
    this.rejects = rejects;
    this.observer = observer;
  }

  /**
   * Loads all records.
   *
   * @param chunks the number of chunks in each transaction
   */
  public void run(ImportInput input, int chunks) throws IOException {
    RecordSource source = input.source();
    try (Pipeline pipeline =
        new Pipeline(
            source, Runtime.getRuntime().availableProcessors(), Math.min(chunks, MAX_AHEAD))) {
      Optional<Pipeline.Result> result = pipeline.next();
      List<Item> items = new ArrayList<>();
      int taken = 0;
      while (result.isPresent()) {
        items.addAll(result.get().items());
        taken++;
        Optional<Pipeline.Result> next = pipeline.next();
        if (next.isPresent()) {
          prepare();
        }
        if (taken == chunks || next.isEmpty()) {
          load(items, input.notes());
          observer.loaded(counts, result.get().position(), source.size());
          items.clear();
          taken = 0;
        }
        result = next;
      }
    }
  }

  /** Has many signatures checked faster; the JDK checks those that come until it is ready. */
  private void prepare() {
    if (!isPrepared) {
      isPrepared = true;
      Thread thread = new Thread(NativeSignatures::prepare, "import");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** The counts of all records whose outcome is known, also after a failure. */
  public Counts counts() {
    return counts;
  }

  private void load(List<Item> items, ChainNotes notes) {
    List<TransferRecord> records = new ArrayList<>();
    for (Item item : items) {
      if (item instanceof Item.Valid valid) {
        records.add(valid.record());
      }
    }
    Iterator<Outcome> outcomes = loader.load(records).iterator();
    for (Item item : items) {
      boolean isAdded = false;
      if (item instanceof Item.Invalid invalid) {
        reject(invalid);
      } else {
        Outcome outcome = outcomes.next();
        isAdded = outcome instanceof Outcome.Added;
        count(item, outcome);
      }
      notes.settle(item.place().index(), isAdded);
    }
  }

  private void count(Item item, Outcome outcome) {
    if (outcome instanceof Outcome.Refused refused) {
      reject(new Item.Invalid(item.place(), item.number(), refused.reason(), refused.onlyForIds()));
    } else if (outcome instanceof Outcome.Added) {
      counts = counts.and(1, 0, 0);
    } else {
      counts = counts.and(0, 1, 0);
    }
  }

  private void reject(Item.Invalid item) {
    counts = counts.and(0, 0, 1);
    rejects.accept(item);
  }
}
