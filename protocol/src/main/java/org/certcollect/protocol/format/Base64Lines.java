package org.certcollect.protocol.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;

/** Base64 in lines of 64 columns, each ended by LF; PEM adds the markers (RFC 7468). */
final class Base64Lines {
  private static final Base64.Encoder ENCODER = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private Base64Lines() {}

  static String encode(byte[] bytes) {
    return new String(ENCODER.encode(bytes), ISO_8859_1) + "\n";
  }

  static String pem(String label, Der structure) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + encode(structure.bytes())
        + "-----END "
        + label
        + "-----\n";
  }
}
