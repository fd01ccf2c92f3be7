package org.certcollect.store.x509;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The PEM blocks of a text (RFC 7468, read as lax as its section 3 allows). Lines before and after
 * a block are passed over, and so is a byte order mark before one; but a {@code -----BEGIN} that
 * does not begin a block is a fault: a certificate would be lost without a word.
 */
final class PemText {
  private static final String BEGIN = "-----BEGIN";
  private static final String DASHES = "-----";

  /** The UTF-8 of U+FEFF, read as ISO 8859-1. */
  private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

  private final String text;
  private int at;

  /** The line that {@link #countedTo} is in: lines are counted on from the last block. */
  private int line = 1;

  private int countedTo;

  private PemText(byte[] file) {
    text = decode(file);
    requireOneEncoding(file);
  }

  /** Whether a file has anything that looks like a PEM block. */
  static boolean isPem(byte[] file) {
    return decode(file).contains(BEGIN);
  }

  /**
   * The blocks of a file, in their order.
   *
   * @throws IllegalArgumentException says what is wrong, and in which line; also when a part of the
   *     file is UTF-16 and another is not
   */
  static List<PemBlock> blocks(byte[] file) {
    PemText pem = new PemText(file);
    List<PemBlock> blocks = new ArrayList<>();
    for (Optional<PemBlock> block = pem.next(); block.isPresent(); block = pem.next()) {
      blocks.add(block.get());
    }
    return blocks;
  }

  /** Editors of Windows write UTF-16, which begins with a byte order mark. */
  private static String decode(byte[] file) {
    return new String(file, isUtf16(file) ? StandardCharsets.UTF_16 : StandardCharsets.ISO_8859_1);
  }

  private static boolean isUtf16(byte[] file) {
    boolean isBig = file.length > 1 && file[0] == (byte) 0xFE && file[1] == (byte) 0xFF;
    boolean isLittle = file.length > 1 && file[0] == (byte) 0xFF && file[1] == (byte) 0xFE;
    return isBig || isLittle;
  }

  /** A file that was joined of two encodings would lose the blocks of one without a word. */
  private void requireOneEncoding(byte[] file) {
    boolean hidesAscii =
        isUtf16(file) && new String(file, StandardCharsets.ISO_8859_1).contains(BEGIN);
    if (hidesAscii || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("it mixes UTF-16 and other text");
    }
  }

  private Optional<PemBlock> next() {
    int begin = text.indexOf(BEGIN, at);
    if (begin < 0) {
      return Optional.empty();
    }
    countLinesTo(begin);
    requireNoTextBefore(begin);
    int labelStart = begin + BEGIN.length() + 1;
    int labelEnd = text.indexOf(DASHES, Math.min(labelStart, text.length()));
    int lineEnd = endOfLine(begin);
    if (labelEnd < 0 || labelEnd > lineEnd || text.charAt(labelStart - 1) != ' ') {
      throw fault(line, "-----BEGIN is not followed by a label and five dashes");
    }
    String label = text.substring(labelStart, labelEnd);
    int bodyStart = labelEnd + DASHES.length();
    String endLine = "-----END " + label + DASHES;
    int bodyEnd = text.indexOf(endLine, bodyStart);
    int nextBegin = text.indexOf(BEGIN, bodyStart);
    if (bodyEnd < 0 || (nextBegin >= 0 && nextBegin < bodyEnd)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "its %s block has no end: see line %d", label, line));
    }
    at = bodyEnd + endLine.length();
    return Optional.of(
        new PemBlock(label, decode(label, text.substring(bodyStart, bodyEnd), line), line));
  }

  /** Blanks and byte order marks may stand there, and the end of the block before. */
  private void requireNoTextBefore(int begin) {
    int start = begin;
    while (start > at && text.charAt(start - 1) != '\n' && text.charAt(start - 1) != '\r') {
      start--;
    }
    String before = text.substring(start, begin).replace(BYTE_ORDER_MARK, "").replace("\uFEFF", "");
    if (!before.isBlank()) {
      throw fault(line, "text stands before -----BEGIN: move it to a line of its own");
    }
  }

  private static byte[] decode(String label, String body, int line) {
    if (PemBlock.isPrivateKey(label)) {
      return new byte[0];
    }
    StringBuilder base64 = new StringBuilder(body.length());
    // Headers (RFC 1421) end with an empty line; base64 has no colon.
    String encoded = body.contains(":") ? body.replaceFirst("(?s)^.*?\\R\\s*\\R", "") : body;
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (!Character.isWhitespace(c)) {
        base64.append(c);
      }
    }
    try {
      return Base64.getDecoder().decode(base64.toString());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "its %s block is not base64: see line %d", label, line), e);
    }
  }

  private int endOfLine(int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  private void countLinesTo(int index) {
    for (int i = countedTo; i < index; i++) {
      boolean isLineEnd =
          text.charAt(i) == '\n'
              || (text.charAt(i) == '\r' && (i + 1 == index || text.charAt(i + 1) != '\n'));
      line += isLineEnd ? 1 : 0;
    }
    countedTo = index;
  }

  private static IllegalArgumentException fault(int line, String problem) {
    return new IllegalArgumentException(String.format(Locale.ROOT, "line %d: %s", line, problem));
  }
}
