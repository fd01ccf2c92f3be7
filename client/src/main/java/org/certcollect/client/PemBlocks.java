package org.certcollect.client;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.certcollect.client.InvalidAnswerException.Kind;

/** Reads PEM and base64. */
final class PemBlocks {
  private static final String BEGIN = "-----BEGIN ";
  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]*+)-----END CERTIFICATE-----");
  private static final Pattern MARKER = Pattern.compile("-----(?:BEGIN|END) [A-Z0-9 ]+-----");

  private PemBlocks() {}

  /** The DER certificates of a text that has nothing else, in its order. */
  static List<byte[]> only(String text) throws InvalidAnswerException {
    if (!rest(text).isBlank()) {
      throw new InvalidAnswerException(
          text.startsWith(BEGIN + "CERTIFICATE") ? Kind.BAD_CERTIFICATES : Kind.NOT_AS_ASKED);
    }
    return blocks(text);
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

  /** The bytes of base64 with blanks anywhere. */
  private static byte[] base64(String text) throws InvalidAnswerException {
    try {
      return Base64.getDecoder().decode(text.replaceAll("\\s+", ""));
    } catch (IllegalArgumentException e) {
      throw new InvalidAnswerException(Kind.BAD_CERTIFICATES);
    }
  }
}
