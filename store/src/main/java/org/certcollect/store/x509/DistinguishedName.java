package org.certcollect.store.x509;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;

/**
 * The name of a certificate's subject or issuer. Two are equal when RFC 5280, section 7.1 says that
 * they match: the same attributes in the same order, whatever the string type, the case and the
 * number of blanks between words. Immutable, so safe for use by many threads.
 */
public final class DistinguishedName {
  private static final Charset UTF_32 = Charset.forName("UTF-32BE");
  private static final byte[] COMMON_NAME = {0x55, 0x04, 0x03};

  private final byte[] der;
  private final List<List<Attribute>> parts;
  private final String normalised;

  private DistinguishedName(DerElement name) {
    der = name.encoded();
    parts = parts(name);
    normalised =
        parts.stream()
            .map(part -> part.stream().map(Attribute::normalised).sorted())
            .map(attributes -> attributes.collect(Collectors.joining("", "[", "]")))
            .collect(Collectors.joining());
  }

  /**
   * Reads a name.
   *
   * @param der the whole structure {@code Name} of RFC 5280
   * @throws IllegalArgumentException when it is not a name
   */
  public static DistinguishedName of(byte[] der) {
    try {
      return of(new DerReader(der).next(DerElement.SEQUENCE));
    } catch (MalformedDerException e) {
      throw new IllegalArgumentException("not a distinguished name: " + e.getMessage(), e);
    }
  }

  static DistinguishedName of(DerElement name) {
    return new DistinguishedName(name);
  }

  /** The name as it was written. */
  public byte[] der() {
    return der.clone();
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  /** The text of the last common name, which is the most specific one. */
  public Optional<String> commonName() {
    Optional<String> last = Optional.empty();
    for (List<Attribute> part : parts) {
      for (Attribute attribute : part) {
        if (attribute.type.contentIs(COMMON_NAME)) {
          last = text(attribute.value);
        }
      }
    }
    return last;
  }

  /** The name as RFC 2253 writes it, the most specific part first. */
  public String text() {
    try {
      return new X500Principal(der).getName();
    } catch (IllegalArgumentException e) {
      // The JDK is stricter than those who issue certificates.
      List<String> texts = new ArrayList<>();
      for (List<Attribute> part : parts) {
        texts.add(0, part.stream().map(Attribute::text).collect(Collectors.joining("+")));
      }
      return String.join(",", texts);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DistinguishedName that && normalised.equals(that.normalised);
  }

  @Override
  public int hashCode() {
    return normalised.hashCode();
  }

  @Override
  public String toString() {
    return text();
  }

  private static List<List<Attribute>> parts(DerElement name) {
    List<List<Attribute>> parts = new ArrayList<>();
    for (DerReader sets = name.reader(); sets.hasNext(); ) {
      List<Attribute> part = new ArrayList<>();
      for (DerReader set = sets.next(DerElement.SET).reader(); set.hasNext(); ) {
        DerReader attribute = set.next(DerElement.SEQUENCE).reader();
        part.add(new Attribute(attribute.next(DerElement.OID), attribute.next()));
        attribute.requireEnd();
      }
      parts.add(part);
    }
    return parts;
  }

  private static Optional<String> text(DerElement value) {
    return charset(value.tag()).map(charset -> new String(value.content(), charset));
  }

  private static Optional<Charset> charset(int tag) {
    return switch (tag) {
      case 0x0C -> Optional.of(StandardCharsets.UTF_8);
      // Numeric, Printable, T61, IA5 and VisibleString; T61 is written as Latin-1 in practice.
      case 0x12, 0x13, 0x14, 0x16, 0x1A -> Optional.of(StandardCharsets.ISO_8859_1);
      case 0x1C -> Optional.of(UTF_32);
      case 0x1E -> Optional.of(StandardCharsets.UTF_16BE);
      default -> Optional.empty();
    };
  }

  /** The text as it is compared: RFC 4518 without its rarest characters. */
  private static String folded(String text) {
    String plain = text;
    if (!text.chars().allMatch(c -> c < 0x80)) {
      plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
    }
    plain = plain.toLowerCase(Locale.ROOT);
    StringBuilder folded = new StringBuilder(plain.length());
    boolean isBlankDue = false;
    for (int c : plain.codePoints().toArray()) {
      if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        isBlankDue = !folded.isEmpty();
      } else if (Character.getType(c) != Character.FORMAT && !Character.isISOControl(c)) {
        folded.append(isBlankDue ? " " : "").appendCodePoint(c);
        isBlankDue = false;
      }
    }
    return folded.toString();
  }

  private record Attribute(DerElement type, DerElement value) {
    /** Begins with its length, so that no two names have one normalised form by chance. */
    String normalised() {
      Optional<String> text = DistinguishedName.text(value);
      String own =
          type.oid()
              + text.map(t -> "=" + folded(t))
                  .orElseGet(() -> "#" + HexFormat.of().formatHex(value.encoded()));
      return own.length() + ":" + own;
    }

    String text() {
      String name = type.contentIs(COMMON_NAME) ? "CN" : type.oid();
      return name
          + "="
          + DistinguishedName.text(value)
              .orElseGet(() -> "#" + HexFormat.of().formatHex(value.encoded()));
    }
  }
}
