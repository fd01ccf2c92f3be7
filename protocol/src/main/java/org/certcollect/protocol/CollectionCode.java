package org.certcollect.protocol;

/**
 * The code that a person got to collect a client certificate without a login. Its {@code toString}
 * shows nothing of it.
 *
 * @param value 1 to 16 characters (Unicode code points), case-sensitive
 */
public record CollectionCode(String value) implements OrderClaim {
  /** The most characters it may have. */
  public static final int MAX_LENGTH = 16;

  public CollectionCode {
    Text.requireLength("collectionCode", value, MAX_LENGTH);
  }

  @Override
  public String toString() {
    return "CollectionCode[masked]";
  }
}
