package org.certcollect.client;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.certcollect.client.InvalidAnswerException.Kind;
import org.certcollect.protocol.format.Der;

/** Reads PEM, base64, and the outermost header of DER. */
final class PemBlocks {
  private static final String BEGIN = "-----BEGIN ";
  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]*+)-----END CERTIFICATE-----");
  private static final Pattern MARKER = Pattern.compile("-----(?:BEGIN|END) [A-Z0-9 ]+-----");

  private PemBlocks() {}

  /** The DER certificates of a text, in its order; empty unless it has nothing else. */
  static Optional<List<byte[]>> only(String text) throws InvalidAnswerException {
    return rest(text).isBlank() ? Optional.of(blocks(text)) : Optional.empty();
  }

  /** The DER certificates among other text; empty if there are none, or one is not complete. */
  static List<byte[]> among(String text) throws InvalidAnswerException {
    return rest(text).contains(BEGIN + "CERTIFICATE-----") ? List.of() : blocks(text);
  }

  private static String rest(String text) {
    return CERTIFICATE.matcher(text).replaceAll("");
  }

  private static List<byte[]> blocks(String text) throws InvalidAnswerException {
    List<byte[]> certificates = new ArrayList<>();
    Matcher block = CERTIFICATE.matcher(text);
    while (block.find()) {
      certificates.add(base64(block.group(1)));
    }
    return certificates;
  }

  /** The bytes of a text that is base64, with or without the markers of PEM around it. */
  static byte[] single(String text) throws InvalidAnswerException {
    return base64(text.contains(BEGIN) ? MARKER.matcher(text).replaceAll("") : text);
  }

  /** A complete DER structure. */
  static Der der(byte[] bytes) throws InvalidAnswerException {
    if (!isWhole(bytes)) {
      throw new InvalidAnswerException(Kind.BAD_CERTIFICATES);
    }
    return Der.of(bytes);
  }

  /** The bytes of base64 with blanks anywhere. */
  private static byte[] base64(String text) throws InvalidAnswerException {
    try {
      return Base64.getDecoder().decode(text.replaceAll("\\s+", ""));
    } catch (IllegalArgumentException e) {
      throw new InvalidAnswerException(Kind.BAD_CERTIFICATES);
    }
  }

  /** Whether bytes are a SEQUENCE with the length that its header tells. */
  private static boolean isWhole(byte[] bytes) {
    if (bytes.length < 4 || bytes[0] != 0x30) {
      return false;
    }
    int first = bytes[1] & 0xFF;
    if (first == 0x80) {
      // BER without a length, which some servers make of PKCS#7; it ends with two zeros.
      return bytes[bytes.length - 1] == 0 && bytes[bytes.length - 2] == 0;
    }
    int octets = first < 0x80 ? 0 : first - 0x80;
    if (octets > 3 || bytes.length < 2 + octets) {
      return false;
    }
    int length = octets == 0 ? first : 0;
    for (int i = 0; i < octets; i++) {
      length = (length << 8) | (bytes[2 + i] & 0xFF);
    }
    return bytes.length == 2 + octets + length;
  }
}
