package org.certcollect.store.x509;

import java.util.Arrays;

/** What a DER file seems to be, by its first bytes; so that a message can name it. */
enum DerKind {
  CERTIFICATE,
  PKCS7,
  /** A private key or a PKCS#12 store: both begin with a version. */
  KEY,
  OTHER;

  private static final byte[] SIGNED_DATA = {
    0x06, 0x09, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 0x01, 0x07, 0x02
  };

  static DerKind of(byte[] file) {
    if (file.length < 16 || file[0] != 0x30) {
      return OTHER;
    }
    int content = 2 + (file[1] < 0 ? file[1] & 0x7F : 0);
    if (content >= file.length) {
      return OTHER;
    }
    return switch (file[content]) {
      case 0x30 -> CERTIFICATE;
      case 0x02 -> KEY;
      case 0x06 -> startsWith(file, content, SIGNED_DATA) ? PKCS7 : OTHER;
      default -> OTHER;
    };
  }

  private static boolean startsWith(byte[] file, int at, byte[] wanted) {
    return at + wanted.length <= file.length
        && Arrays.equals(file, at, at + wanted.length, wanted, 0, wanted.length);
  }
}
