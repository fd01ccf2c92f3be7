package org.certcollect.admin.transfer;

import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.store.transfer.TransferRecord;

/** The result of reading one line or file of an input. */
public sealed interface Item {
  Place place();

  /** The order's number, as far as it is known. */
  OptionalLong number();

  /** A record that was checked and may be loaded. */
  record Valid(Place place, OptionalLong number, TransferRecord record) implements Item {}

  /** A record that is rejected. */
  record Invalid(Place place, OptionalLong number, String reason) implements Item {
    /** Whether its collection code was hashed with another key than the store's. */
    public boolean isOfOtherCodeKey() {
      return reason.equals(LazyCodes.OTHER_KEY);
    }
  }

  /**
   * The place of a record in an input.
   *
   * @param index its line, or which file of a folder it is; counted from 1
   * @param file the file of a folder
   */
  record Place(long index, Optional<String> file) {
    static Place line(long number) {
      return new Place(number, Optional.empty());
    }
  }
}
