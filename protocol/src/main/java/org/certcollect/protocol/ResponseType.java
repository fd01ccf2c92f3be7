package org.certcollect.protocol;

import java.util.Arrays;

/** The {@code responseType} argument: the structure of the data. */
public enum ResponseType {
  ZIP(0),
  /** Only with {@link QueryType#EVERYTHING}. */
  NETSCAPE_SEQUENCE(1),
  /** Only with {@link QueryType#EVERYTHING}. */
  PKCS7(2),
  /** One PEM block for each certificate; the default. */
  INDIVIDUALLY(3);

  private final int value;

  ResponseType(int value) {
    this.value = value;
  }

  /** The integer that stands for it. */
  public int value() {
    return value;
  }

  static ResponseType of(int value) {
    return Arrays.stream(values()).filter(each -> each.value == value).findAny().orElseThrow();
  }
}
