package org.certcollect.protocol;

import java.util.Arrays;

/** The {@code queryType} argument: what to hand out. */
public enum QueryType {
  /** The status alone. */
  STATUS(0),
  /** The certificate with its intermediates and root. */
  EVERYTHING(1),
  /** The end entity's certificate alone. */
  END_ENTITY(2),
  /** The intermediates and the root. */
  CA_BUNDLE(3);

  private final int value;

  QueryType(int value) {
    this.value = value;
  }

  /** The integer that stands for it. */
  public int value() {
    return value;
  }

  static QueryType of(int value) {
    return Arrays.stream(values()).filter(each -> each.value == value).findAny().orElseThrow();
  }
}
