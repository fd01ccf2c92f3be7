package org.certcollect.store.x509;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * The PEM blocks of a text (RFC 7468, read as lax as its section 3 allows). Lines before and after
 * a block are passed over, and so is a byte order mark before one; but a {@code -----BEGIN} that
 * does not begin a block is a fault: a certificate would be lost without a word, as other readers
 * lose it.
 */
final class PemText {
  private static final String BEGIN = "-----BEGIN";
  private static final String DASHES = "-----";

  private PemText() {}

  /**
   * A block.
   *
   * @param label the words after {@code BEGIN}
   * @param content the bytes that it encodes
   * @param line the line of its {@code BEGIN}, counted from 1
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares blocks.
  record Block(String label, byte[] content, int line) {}

  /**
   * Whether a file has a block, or what looks like one, and is not DER, which may have any text.
   */
  static boolean isPem(byte[] file) {
    return decode(file).contains(BEGIN) && !Asn1.isWhole(file);
  }

  /**
   * The blocks of a file, in their order.
   *
   * @throws UnreadableException says what is wrong, and in which line; also when there is a private
   *     key, or a part of the file is UTF-16 and another is not
   */
  static List<Block> blocks(byte[] file) {
    String text = decode(file);
    boolean hidesAscii =
        isUtf16(file) && new String(file, StandardCharsets.ISO_8859_1).contains(BEGIN);
    if (hidesAscii || text.indexOf('\0') >= 0) {
      // The blocks of one encoding would be lost without a word.
      throw new UnreadableException("it mixes UTF-16 and other text");
    }
    // Byte order marks, as ISO 8859-1 and UTF-16 show them, and the line ends of other systems.
    text =
        text.replace("\u00EF\u00BB\u00BF", "")
            .replace("\uFEFF", "")
            .replace("\r\n", "\n")
            .replace('\r', '\n');
    List<Block> blocks = new ArrayList<>();
    int at = 0;
    int line = 1;
    for (int begin = text.indexOf(BEGIN); begin >= 0; begin = text.indexOf(BEGIN, at)) {
      String before = text.substring(at, begin);
      line += lineEnds(before);
      if (!before.substring(before.lastIndexOf('\n') + 1).isBlank()) {
        throw fault("line %d: text stands before -----BEGIN: move it to a line of its own", line);
      }
      int labelAt = begin + BEGIN.length() + 1;
      int labelEnd = text.indexOf(DASHES, labelAt);
      if (labelEnd < 0
          || text.charAt(labelAt - 1) != ' '
          || text.substring(labelAt, labelEnd).contains("\n")) {
        throw fault("line %d: -----BEGIN is not followed by a label and five dashes", line);
      }
      String label = text.substring(labelAt, labelEnd);
      int bodyAt = labelEnd + DASHES.length();
      String end = "-----END " + label + DASHES;
      int bodyEnd = text.indexOf(end, bodyAt);
      if (bodyEnd < 0 || text.substring(bodyAt, bodyEnd).contains(BEGIN)) {
        throw fault("its %2$s block has no end: see line %1$d", line, label);
      }
      if (label.endsWith("PRIVATE KEY")) {
        throw new UnreadableException(
            "it holds a private key, which does not belong here: give a file without one");
      }
      blocks.add(new Block(label, base64(text.substring(bodyAt, bodyEnd), label, line), line));
      at = bodyEnd + end.length();
      line += lineEnds(text.substring(begin, at));
    }
    return blocks;
  }

  /** Editors of Windows write UTF-16, which begins with a byte order mark. */
  private static String decode(byte[] file) {
    return new String(file, isUtf16(file) ? StandardCharsets.UTF_16 : StandardCharsets.ISO_8859_1);
  }

  private static boolean isUtf16(byte[] file) {
    int mark = file.length > 1 ? (file[0] & 0xFF) * 256 + (file[1] & 0xFF) : 0;
    return mark == 0xFEFF || mark == 0xFFFE;
  }

  private static int lineEnds(String text) {
    int count = 0;
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      count++;
    }
    return count;
  }

  private static byte[] base64(String body, String label, int line) {
    // Headers (RFC 1421) end with an empty line; base64 has no colon.
    String encoded = body.contains(":") ? body.replaceFirst("(?s)^.*?\n\\s*\n", "") : body;
    try {
      return Base64.getDecoder().decode(withoutBlanks(encoded));
    } catch (IllegalArgumentException e) {
      throw fault("its %2$s block is not base64: see line %1$d", line, label);
    }
  }

  /** The text without white space, and with a question mark for what Latin-1 lacks. */
  private static byte[] withoutBlanks(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    int length = 0;
    for (byte b : bytes) {
      if (b != ' ' && (b < '\t' || b > '\r')) {
        bytes[length++] = b;
      }
    }
    return Arrays.copyOf(bytes, length);
  }

  private static UnreadableException fault(String problem, Object... values) {
    return new UnreadableException(String.format(Locale.ROOT, problem, values));
  }
}
