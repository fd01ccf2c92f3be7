package org.certcollect.cli.transfer;

import java.util.OptionalLong;
import org.certcollect.store.transfer.TransferRecord;

/** What one line or file of an input came to. */
sealed interface Item {
  Place place();

  /** The order's number, as far as it is known. */
  OptionalLong number();

  /** A record that was checked and may be loaded. */
  record Fit(Place place, OptionalLong number, TransferRecord record) implements Item {}

  /** A record that is rejected. */
  record Unfit(Place place, OptionalLong number, String reason) implements Item {}
}
