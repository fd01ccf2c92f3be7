package org.certcollect.store.x509;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the PEM blocks in a file; text around them is passed over. */
final class PemBlocks {
  private static final Pattern BEGIN = Pattern.compile("\\s*-----BEGIN ([A-Z0-9 #]+)-----\\s*");

  /** One block: its label, which stands after {@code BEGIN}, and the bytes that it encodes. */
  static final class Block {
    private final String label;
    private final byte[] content;

    private Block(String label, byte[] content) {
      this.label = label;
      this.content = content;
    }

    String label() {
      return label;
    }

    byte[] content() {
      return content;
    }

    boolean isPrivateKey() {
      return isPrivateKeyLabel(label);
    }
  }

  private PemBlocks() {}

  /** Whether the file has anything that looks like a PEM block. */
  static boolean isPem(byte[] file) {
    return new String(file, StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
  }

  /**
   * The blocks of a file, in their order.
   *
   * @throws IllegalArgumentException says what is wrong with one of them
   */
  static List<Block> of(byte[] file) {
    List<Block> blocks = new ArrayList<>();
    String label = "";
    StringBuilder base64 = new StringBuilder();
    for (String line : new String(file, StandardCharsets.ISO_8859_1).lines().toList()) {
      Matcher begin = BEGIN.matcher(line);
      if (label.isEmpty()) {
        if (begin.matches()) {
          label = begin.group(1);
        }
      } else if (line.strip().equals("-----END " + label + "-----")) {
        blocks.add(new Block(label, decode(label, base64.toString())));
        label = "";
        base64.setLength(0);
      } else {
        base64.append(line.strip());
      }
    }
    if (!label.isEmpty()) {
      throw new IllegalArgumentException("its " + label + " block has no end");
    }
    return blocks;
  }

  private static boolean isPrivateKeyLabel(String label) {
    return label.endsWith("PRIVATE KEY");
  }

  private static byte[] decode(String label, String base64) {
    if (isPrivateKeyLabel(label)) {
      // Old ones begin with header lines; what they hold is of no use here.
      return new byte[0];
    }
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("its " + label + " block is not base64", e);
    }
  }
}
