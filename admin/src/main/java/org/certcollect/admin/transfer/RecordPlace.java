package org.certcollect.admin.transfer;

import java.util.Optional;

/**
 * The place of a record in an input.
 *
 * @param index its line, or which file of a folder it is; counted from 1
 * @param file the file of a folder
 */
public record RecordPlace(long index, Optional<String> file) {
  static RecordPlace line(long number) {
    return new RecordPlace(number, Optional.empty());
  }
}
