package org.certcollect.protocol.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;
import java.util.List;

/**
 * Text encodings with lines of 64 columns: base64 as it is, and between PEM's markers (RFC 7468).
 */
public final class PemEncoder {
  private static final Base64.Encoder ENCODER = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private PemEncoder() {}

  /** Base64 without markers; each line ends with LF. */
  public static String base64(byte[] bytes) {
    return new String(ENCODER.encode(bytes), ISO_8859_1) + "\n";
  }

  /**
   * A structure between markers; each line ends with LF.
   *
   * @param label the words after BEGIN and END
   */
  public static String block(String label, Der structure) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + base64(structure.bytes())
        + "-----END "
        + label
        + "-----\n";
  }

  /** A block for each certificate, in the order given; an empty text for none. */
  public static String certificates(List<Der> certificates) {
    StringBuilder blocks = new StringBuilder();
    certificates.forEach(certificate -> blocks.append(block("CERTIFICATE", certificate)));
    return blocks.toString();
  }
}
