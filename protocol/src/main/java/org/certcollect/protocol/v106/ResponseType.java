package org.certcollect.protocol.v106;

/** The {@code responseType} argument: the structure of the data. */
public enum ResponseType {
  /** An archive of files. */
  ZIP(0),
  /** A Netscape certificate sequence; only of the whole chain. */
  NETSCAPE_SEQUENCE(1),
  /** A PKCS#7 structure; only of the whole chain. */
  PKCS7(2),
  /** A PEM block for each certificate; the default. */
  INDIVIDUALLY(3);

  private final int value;

  ResponseType(int value) {
    this.value = value;
  }

  /** The integer that stands for it. */
  public int value() {
    return value;
  }

  /** Whether it can hold only a whole chain. */
  boolean needsWholeChain() {
    return this == NETSCAPE_SEQUENCE || this == PKCS7;
  }
}
