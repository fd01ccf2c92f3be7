package org.certcollect.admin.transfer;

import java.util.OptionalLong;
import org.certcollect.store.transfer.TransferRecord;

/** The result of reading one line or file of an input. */
public sealed interface Item {
  RecordPlace place();

  /** The order's number, as far as it is known. */
  OptionalLong number();

  /** A record that was checked and may be loaded. */
  record Valid(RecordPlace place, OptionalLong number, TransferRecord record) implements Item {}

  /** A record that is rejected. */
  record Invalid(RecordPlace place, OptionalLong number, String reason) implements Item {
    /** Whether its collection code was hashed with another key than the store's. */
    public boolean isOfOtherCodeKey() {
      return reason.equals(LazyCodes.OTHER_KEY);
    }
  }
}
