package org.certcollect.admin.transfer;

import org.certcollect.admin.transfer.Format.Name;
import org.certcollect.store.transfer.CaRecord;
import org.certcollect.store.transfer.TransferRecord;

/**
 * Creates records from parsed lines. Safe for use by many threads.
 *
 * @param cas the reader of lines with CA certificates, which are read before all others
 */
record LineRecords(CaReader cas, OrderReader orders) {
  boolean isCa(JsonObject line) {
    return Format.Line.CA.equals(line.peekText(Name.TYPE));
  }

  CaRecord ca(JsonObject line, long place) {
    String unused = line.text(Name.TYPE);
    return cas.read(line, place);
  }

  TransferRecord other(JsonObject line, long place) {
    return switch (line.text(Name.TYPE)) {
      case Format.Line.ACCOUNT -> AccountReader.read(line);
      case Format.Line.ORDER -> orders.read(line, place);
      default ->
          throw new InvalidRecordException(
              "type is not one of %s, %s, %s"
                  .formatted(Format.Line.ACCOUNT, Format.Line.CA, Format.Line.ORDER));
    };
  }
}
