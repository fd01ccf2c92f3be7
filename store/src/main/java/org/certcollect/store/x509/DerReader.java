package org.certcollect.store.x509;

import java.util.Locale;
import java.util.Optional;

/**
 * A cursor over the elements of a DER structure. It takes BER lengths as well, as other readers of
 * certificates do, and looks only at the structure: what a value means is the caller's matter. Not
 * safe for use by many threads.
 */
final class DerReader {
  /** Deeper than any certificate or PKCS#7 nests its elements of indefinite length. */
  private static final int MAX_DEPTH = 32;

  private static final int INDEFINITE = -1;

  private final byte[] bytes;
  private final int end;
  private int at;

  DerReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  DerReader(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  boolean hasNext() {
    return at < end;
  }

  /**
   * The next element.
   *
   * @throws MalformedDerException when there is none, or it reaches beyond the end
   */
  DerElement next() {
    DerElement element = element(at, 0);
    at = at + element.length();
    return element;
  }

  /** The next element, which must have that tag. */
  DerElement next(int tag) {
    DerElement element = next();
    if (element.tag() != tag) {
      throw new MalformedDerException(
          String.format(Locale.ROOT, "tag %02X was found where %02X belongs", element.tag(), tag));
    }
    return element;
  }

  /** Passes over the next element, which must have that tag. */
  void skip(int tag) {
    var unused = next(tag);
  }

  /** The next element if it has that tag; otherwise nothing is read. */
  Optional<DerElement> nextIf(int tag) {
    return hasNext() && (bytes[at] & 0xFF) == tag ? Optional.of(next()) : Optional.empty();
  }

  void requireEnd() {
    if (hasNext()) {
      throw new MalformedDerException("a structure has more elements than it should");
    }
  }

  private DerElement element(int start, int depth) {
    if (depth > MAX_DEPTH) {
      throw new MalformedDerException("it is nested too deep");
    }
    int index = start;
    int tag = byteAt(index++);
    if ((tag & 0x1F) == 0x1F) {
      while (byteAt(index++) >= 0x80) {
        // The tag's number goes on.
      }
    }
    int first = byteAt(index++);
    int length = first;
    if (first == 0x80) {
      length = INDEFINITE;
    } else if (first > 0x80) {
      length = 0;
      for (int i = first & 0x7F; i > 0; i--) {
        if (length > bytes.length >> 8) {
          throw tooLong();
        }
        length = length << 8 | byteAt(index++);
      }
    }
    if (length == INDEFINITE) {
      return indefinite(tag, start, index, depth);
    }
    if (length > end - index) {
      throw tooLong();
    }
    return new DerElement(bytes, tag, start, index, index + length, index + length);
  }

  private DerElement indefinite(int tag, int start, int content, int depth) {
    int index = content;
    while (byteAt(index) != 0 || byteAt(index + 1) != 0) {
      index += element(index, depth + 1).length();
    }
    return new DerElement(bytes, tag, start, content, index, index + 2);
  }

  private int byteAt(int index) {
    if (index >= end) {
      throw new MalformedDerException("it ends too early");
    }
    return bytes[index] & 0xFF;
  }

  private static MalformedDerException tooLong() {
    return new MalformedDerException("a length reaches beyond the end");
  }
}
