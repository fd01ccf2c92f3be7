package org.certcollect.store.x509;

/**
 * One block of a PEM text.
 *
 * @param label the words after {@code BEGIN}
 * @param content the bytes that it encodes; none for a private key, which nobody looks at
 * @param line the line of its {@code BEGIN}, counted from 1
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares blocks.
record PemBlock(String label, byte[] content, int line) {
  boolean isPrivateKey() {
    return isPrivateKey(label);
  }

  static boolean isPrivateKey(String label) {
    return label.endsWith("PRIVATE KEY");
  }
}
