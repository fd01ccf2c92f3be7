package org.certcollect.store.x509;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One element of BER (X.690, section 8.1) among some bytes, found without changing them. Bouncy
 * Castle reads an element of indefinite length eagerly, and then writes the ones in it anew.
 *
 * @param all the bytes that it is part of
 * @param start the index of its first byte
 * @param content the index of its content's first byte
 * @param end the index after its last byte
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
record BerElement(byte[] all, int start, int content, int end) {
  private static final int INDEFINITE = -1;

  /**
   * The element that some bytes begin with.
   *
   * @throws UnreadableException if they do not begin with a whole element
   */
  static BerElement of(byte[] all) {
    return at(all, 0, all.length);
  }

  /** The first byte: the class, the form and the number of its tag if that is less than 31. */
  int tag() {
    return all[start] & 0xFF;
  }

  /** Its bytes as they were written. */
  byte[] encoded() {
    return Arrays.copyOfRange(all, start, end);
  }

  /** The bytes of its content, which has a definite length. */
  byte[] value() {
    return Arrays.copyOfRange(all, content, end);
  }

  /** The elements that it is made of, if it is a constructed one. */
  List<BerElement> elements() {
    List<BerElement> elements = new ArrayList<>();
    for (int at = content; at < end && !isEnd(all, at, end); ) {
      BerElement element = at(all, at, end);
      elements.add(element);
      at = element.end;
    }
    return elements;
  }

  /** Indefinite lengths in each other are counted: a method that called itself could overflow. */
  private static BerElement at(byte[] all, int start, int limit) {
    int content = start;
    int at = start;
    int open = 0;
    do {
      if (open > 0 && isEnd(all, at, limit)) {
        open--;
        at += 2;
        continue;
      }
      int lengthAt = afterTag(all, at, limit);
      int first = octet(all, lengthAt, limit);
      int length = first < 0x80 ? first : length(all, lengthAt, limit);
      at = lengthAt + 1 + (first > 0x80 ? first - 0x80 : 0);
      if (content == start) {
        content = at;
      }
      if (length == INDEFINITE) {
        open++;
      } else if (length > limit - at) {
        throw cut();
      } else {
        at += length;
      }
    } while (open > 0);
    return new BerElement(all, start, content, at);
  }

  private static int afterTag(byte[] all, int at, int limit) {
    int next = at + 1;
    if ((octet(all, at, limit) & 0x1F) == 0x1F) {
      while (octet(all, next, limit) >= 0x80) {
        next++;
      }
      next++;
    }
    return next;
  }

  /** A length of more than one byte, or {@link #INDEFINITE}. */
  private static int length(byte[] all, int at, int limit) {
    int count = octet(all, at, limit) - 0x80;
    long length = count == 0 ? INDEFINITE : 0;
    for (int i = 1; i <= count; i++) {
      length = (length << 8) | octet(all, at + i, limit);
      if (length > limit) {
        throw cut();
      }
    }
    return (int) length;
  }

  private static boolean isEnd(byte[] all, int at, int limit) {
    return octet(all, at, limit) == 0 && octet(all, at + 1, limit) == 0;
  }

  private static int octet(byte[] all, int at, int limit) {
    if (at >= limit) {
      throw cut();
    }
    return all[at] & 0xFF;
  }

  private static UnreadableException cut() {
    return new UnreadableException("its bytes end in an element");
  }
}
