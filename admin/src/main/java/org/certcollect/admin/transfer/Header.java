package org.certcollect.admin.transfer;

import java.util.Locale;
import java.util.Optional;
import org.certcollect.admin.InvalidInputException;
import org.certcollect.admin.transfer.Format.Name;
import org.certcollect.admin.transfer.LineReader.Line;
import org.certcollect.store.domain.CodeHash;

/**
 * The first line of an input.
 *
 * @param codesKey the check value of the key with which its collection codes were hashed
 */
record Header(Optional<CodeHash> codesKey) {
  /**
   * Reads a header.
   *
   * @throws InvalidInputException if the line is missing, no header, or of another version
   */
  static Header read(Optional<Line> first) {
    try {
      JsonObject header = JsonReader.read(first.map(Line::content).orElse(new byte[0]));
      if (header.text(Name.FORMAT).equals(Format.NAME)) {
        long version = header.number(Name.VERSION);
        if (version >= Format.FIRST_VERSION && version <= Format.VERSION) {
          Optional<String> codesKey = header.optionalText(Name.CODES_KEY);
          header.end();
          return new Header(codesKey.map(text -> OrderReader.codeHash(Name.CODES_KEY, text)));
        }
        throw new InvalidInputException(
            InvalidInputException.Kind.IMPORT_HEADER,
            String.format(
                Locale.ROOT,
                "the input has version %d of the format, and this certcollect reads versions %d to"
                    + " %d",
                version,
                Format.FIRST_VERSION,
                Format.VERSION));
      }
    } catch (InvalidRecordException e) {
      // The line is not a header; the exception below says so.
    }
    throw new InvalidInputException(
        InvalidInputException.Kind.IMPORT_HEADER,
        String.format(
            Locale.ROOT,
            "the input does not begin with the line {\"%s\":\"%s\",\"%s\":%d}",
            Name.FORMAT,
            Format.NAME,
            Name.VERSION,
            Format.VERSION));
  }
}
