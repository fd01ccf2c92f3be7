package org.certcollect.cli.transfer;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.certcollect.cli.output.Fields;
import org.certcollect.store.transfer.Outcome;

/** Counts what became of the records. Used by one thread. */
final class Summary {
  private long imported;
  private long skipped;
  private long rejected;

  /**
   * Counts what became of items, and hands on what was rejected, in their order.
   *
   * @param outcomes of those that were fit to be loaded
   */
  void add(List<Item> items, List<Outcome> outcomes, Rejects rejects) {
    Iterator<Outcome> loaded = outcomes.iterator();
    for (Item item : items) {
      if (item instanceof Item.Unfit unfit) {
        reject(unfit, rejects);
      } else {
        add(item, loaded.next(), rejects);
      }
    }
  }

  private void add(Item item, Outcome outcome, Rejects rejects) {
    if (outcome instanceof Outcome.Refused refused) {
      reject(new Item.Unfit(item.place(), item.number(), refused.reason()), rejects);
    } else if (outcome instanceof Outcome.Added) {
      imported++;
    } else {
      skipped++;
    }
  }

  private void reject(Item.Unfit item, Rejects rejects) {
    rejected++;
    rejects.add(item);
  }

  long records() {
    return imported + skipped + rejected;
  }

  long rejected() {
    return rejected;
  }

  Fields fields() {
    return new Fields().add("imported", imported).add("skipped", skipped).add("rejected", rejected);
  }

  String sentence(boolean dryRun) {
    return String.format(
        Locale.ROOT,
        dryRun
            ? "Would import %,d records, skip %,d that are there already, reject %,d."
            : "Imported %,d records, skipped %,d that were there already, rejected %,d.",
        imported,
        skipped,
        rejected);
  }
}
