package org.certcollect.store.domain;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The keyed hash of a collection code: 32 bytes, as {@link
 * org.certcollect.store.CollectionCodes#hash} makes it.
 */
public final class CodeHash {
  private final byte[] bytes;

  public CodeHash(byte[] bytes) {
    if (bytes.length != 32) {
      throw new IllegalArgumentException("a code's hash has 32 bytes");
    }
    this.bytes = bytes.clone();
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodeHash that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "CodeHash[" + HexFormat.of().formatHex(bytes, 0, 4) + "...]";
  }
}
