package org.certcollect.cli.transfer;

import java.util.List;
import org.certcollect.cli.output.Fields;
import org.certcollect.store.transfer.Outcome;

/** Counts what became of the records. Used by one thread. */
final class Summary {
  private long imported;
  private long skipped;
  private long rejected;

  /** Counts what was loaded, and hands on what was refused. */
  void add(List<Item.Fit> items, List<Outcome> outcomes, Rejects rejects) {
    for (int i = 0; i < items.size(); i++) {
      Outcome outcome = outcomes.get(i);
      if (outcome instanceof Outcome.Refused refused) {
        Item.Fit item = items.get(i);
        reject(new Item.Unfit(item.place(), item.number(), refused.reason()), rejects);
      } else if (outcome instanceof Outcome.Added) {
        imported++;
      } else {
        skipped++;
      }
    }
  }

  void reject(Item.Unfit item, Rejects rejects) {
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
    return (dryRun
            ? "Would import %,d records, skip %,d that are there already, reject %,d."
            : "Imported %,d records, skipped %,d that were there already, rejected %,d.")
        .formatted(imported, skipped, rejected);
  }
}
