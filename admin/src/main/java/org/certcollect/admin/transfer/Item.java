package org.certcollect.admin.transfer;

import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.store.transfer.TransferRecord;

/** The result of reading one line or file of an input. */
public sealed interface Item {
  Place place();

  /** The number of the order; empty if it is not known. */
  OptionalLong number();

  /** A valid record, which may be loaded. */
  record Valid(Place place, OptionalLong number, TransferRecord record) implements Item {}

  /**
   * An invalid record, which is rejected.
   *
   * @param onlyForIds whether new certificate ids would make it valid
   */
  record Invalid(Place place, OptionalLong number, String reason, boolean onlyForIds)
      implements Item {
    Invalid(Place place, OptionalLong number, String reason) {
      this(place, number, reason, false);
    }

    /** Whether its collection code was hashed with another key than the store's. */
    public boolean isOfOtherCodeKey() {
      return reason.equals(LazyCodes.OTHER_KEY);
    }
  }

  /**
   * The place of a record in an input.
   *
   * @param index the number of the line, or of the file in its folder, counted from 1
   * @param file the name of the file; empty for a line
   */
  record Place(long index, Optional<String> file) {
    static Place line(long number) {
      return new Place(number, Optional.empty());
    }
  }
}
