package org.certcollect.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.certcollect.client.InvalidAnswerException.Kind;
import org.certcollect.protocol.format.Der;

/**
 * An element of BER or DER (ITU-T X.690) in an array. Lengths may be indefinite, as some servers
 * make them in PKCS#7. Only the headers on the way to what is asked for are read.
 */
final class DerElement {
  static final int BIT_STRING = 0x03;
  static final int OBJECT_IDENTIFIER = 0x06;
  static final int SEQUENCE = 0x30;
  static final int CONTEXT_0 = 0xA0;

  /** More than any structure of certificates has around a certificate. */
  private static final int MAX_DEPTH = 16;

  /** More than any chain has certificates, and than any certificate has fields. */
  static final int MAX_CHILDREN = 100;

  private final byte[] bytes;
  private final int from;
  private final int content;
  private final int contentEnd;
  private final int end;

  private DerElement(byte[] bytes, int from, int content, int contentEnd, int end) {
    this.bytes = bytes;
    this.from = from;
    this.content = content;
    this.contentEnd = contentEnd;
    this.end = end;
  }

  /** The sequence that fills an array. */
  static DerElement whole(byte[] bytes) throws InvalidAnswerException {
    DerElement element = at(bytes, 0, bytes.length, 0);
    if (element.end != bytes.length || element.tag() != SEQUENCE) {
      throw new InvalidAnswerException(Kind.BAD_CERTIFICATES);
    }
    return element;
  }

  private static DerElement at(byte[] bytes, int from, int limit, int depth)
      throws InvalidAnswerException {
    int content = from + 2;
    if (content > limit || depth > MAX_DEPTH) {
      throw new InvalidAnswerException(Kind.BAD_CERTIFICATES);
    }
    int first = bytes[from + 1] & 0xFF;
    if (first == 0x80) {
      int end = content;
      while (end + 2 > limit || bytes[end] != 0 || bytes[end + 1] != 0) {
        end = at(bytes, end, limit, depth + 1).end;
      }
      return new DerElement(bytes, from, content, end, end + 2);
    }
    int octets = Math.max(0, first - 0x80);
    int length = octets == 0 ? first : 0;
    if (octets > 3 || octets > limit - content) {
      throw new InvalidAnswerException(Kind.BAD_CERTIFICATES);
    }
    for (int i = 0; i < octets; i++) {
      length = (length << 8) | (bytes[content + i] & 0xFF);
    }
    content += octets;
    if (length > limit - content) {
      throw new InvalidAnswerException(Kind.BAD_CERTIFICATES);
    }
    return new DerElement(bytes, from, content, content + length, content + length);
  }

  /** The elements in the content of this one, at most {@link #MAX_CHILDREN}. */
  List<DerElement> children() throws InvalidAnswerException {
    List<DerElement> children = new ArrayList<>();
    for (int next = content; next < contentEnd; next = children.get(children.size() - 1).end) {
      if (children.size() == MAX_CHILDREN) {
        throw new InvalidAnswerException(Kind.TOO_LARGE);
      }
      children.add(at(bytes, next, contentEnd, 0));
    }
    return children;
  }

  /** An element in the content of this one, with its tag. */
  DerElement child(int index, int tag) throws InvalidAnswerException {
    List<DerElement> children = children();
    if (children.size() <= index || children.get(index).tag() != tag) {
      throw new InvalidAnswerException(Kind.NOT_AS_ASKED);
    }
    return children.get(index);
  }

  /** The content of a ContentInfo of a type (RFC 5652, section 3). */
  DerElement contentOf(Der type) throws InvalidAnswerException {
    if (!child(0, OBJECT_IDENTIFIER).der().equals(type)) {
      throw new InvalidAnswerException(Kind.NOT_AS_ASKED);
    }
    return child(1, CONTEXT_0).child(0, SEQUENCE);
  }

  int tag() {
    return bytes[from] & 0xFF;
  }

  Der der() {
    return Der.of(Arrays.copyOfRange(bytes, from, end));
  }
}
