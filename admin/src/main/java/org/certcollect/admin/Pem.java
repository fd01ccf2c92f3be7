package org.certcollect.admin;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes PEM blocks. */
public final class Pem {
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private Pem() {}

  public static String certificate(byte[] der) {
    return block("CERTIFICATE", der);
  }

  public static String signingRequest(byte[] der) {
    return block("CERTIFICATE REQUEST", der);
  }

  /** A private key in PKCS#8. */
  public static String privateKey(byte[] der) {
    return block("PRIVATE KEY", der);
  }

  private static String block(String label, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, LINES.encodeToString(der), label);
  }
}
