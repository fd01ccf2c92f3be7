package org.certcollect.cli.transfer;

import java.util.Optional;

/**
 * Where a record comes from.
 *
 * @param index its line, or which file of a folder it is; counted from 1
 * @param file the file of a folder
 */
record Place(long index, Optional<String> file) {
  static Place line(long number) {
    return new Place(number, Optional.empty());
  }
}
