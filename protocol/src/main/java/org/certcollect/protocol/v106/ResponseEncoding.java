package org.certcollect.protocol.v106;

/** The {@code responseEncoding} argument. */
public enum ResponseEncoding {
  /** Text; the default. */
  BASE64(0),
  /** The bare DER structure; only with {@link ResponseType#PKCS7}. */
  BINARY(1);

  private final int value;

  ResponseEncoding(int value) {
    this.value = value;
  }

  /** The integer that stands for it. */
  public int value() {
    return value;
  }
}
