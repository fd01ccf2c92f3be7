package org.certcollect.store.x509;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;

import java.io.IOException;
import java.nio.charset.Charset;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.ASN1UniversalString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.jspecify.annotations.Nullable;

/**
 * The name of a certificate's subject or issuer. Two are equal when RFC 5280, section 7.1 says that
 * they match: the same attributes in the same order, whatever the string type, the case and the
 * number of blanks between words. Bouncy Castle's own comparison knows the case of ASCII only, and
 * no Universal strings. Immutable, so safe for use by many threads.
 */
public final class DistinguishedName {
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
  private static final Pattern IGNORED = Pattern.compile("[\\p{Cc}\\p{Cf}]");
  private static final Charset UTF_32 = Charset.forName("UTF-32BE");

  /**
   * The words for types of attributes: those of RFC 4519 and of the tools that people compare with.
   * RFC 2253 itself has nine, and would write all others as numbers with values in hexadecimal.
   */
  private static final Map<String, String> KEYWORDS =
      Map.ofEntries(
          entry("2.5.4.3", "CN"),
          entry("2.5.4.4", "surname"),
          entry("2.5.4.5", "serialNumber"),
          entry("2.5.4.6", "C"),
          entry("2.5.4.7", "L"),
          entry("2.5.4.8", "ST"),
          entry("2.5.4.9", "STREET"),
          entry("2.5.4.10", "O"),
          entry("2.5.4.11", "OU"),
          entry("2.5.4.12", "title"),
          entry("2.5.4.13", "description"),
          entry("2.5.4.15", "businessCategory"),
          entry("2.5.4.17", "postalCode"),
          entry("2.5.4.18", "postOfficeBox"),
          entry("2.5.4.20", "telephoneNumber"),
          entry("2.5.4.41", "name"),
          entry("2.5.4.42", "givenName"),
          entry("2.5.4.43", "initials"),
          entry("2.5.4.44", "generationQualifier"),
          entry("2.5.4.46", "dnQualifier"),
          entry("2.5.4.65", "pseudonym"),
          entry("2.5.4.97", "organizationIdentifier"),
          entry("0.9.2342.19200300.100.1.1", "UID"),
          entry("0.9.2342.19200300.100.1.25", "DC"),
          entry("1.2.840.113549.1.9.1", "emailAddress"),
          entry("1.2.840.113549.1.9.2", "unstructuredName"),
          entry("1.3.6.1.4.1.311.60.2.1.1", "jurisdictionL"),
          entry("1.3.6.1.4.1.311.60.2.1.2", "jurisdictionST"),
          entry("1.3.6.1.4.1.311.60.2.1.3", "jurisdictionC"));

  private final byte[] der;
  private final List<RDN> parts;

  private volatile @Nullable List<Set<List<Object>>> comparable;

  DistinguishedName(ASN1Encodable name) throws IOException {
    // The bytes first, as they were written: reading the sequence makes it forget them.
    der = ASN1Sequence.getInstance(name).getEncoded();
    parts = parts(der);
  }

  private static List<RDN> parts(byte[] der) {
    try {
      List<RDN> parts = List.of(X500Name.getInstance(der).getRDNs());
      // Bouncy Castle reads an attribute when it is asked for, and may refuse it then.
      parts.forEach(RDN::getTypesAndValues);
      return parts;
    } catch (RuntimeException e) {
      return BerElement.of(der).elements().stream().map(DistinguishedName::lenient).toList();
    }
  }

  /** A part of a name; an attribute's value that Bouncy Castle refuses is kept as its bytes. */
  private static RDN lenient(BerElement part) {
    return new RDN(
        part.elements().stream()
            .map(BerElement::elements)
            .map(
                attribute ->
                    new AttributeTypeAndValue(
                        ASN1ObjectIdentifier.getInstance(attribute.get(0).encoded()),
                        value(attribute.get(1).encoded())))
            .toArray(AttributeTypeAndValue[]::new));
  }

  private static ASN1Encodable value(byte[] der) {
    try {
      return ASN1Primitive.fromByteArray(der);
    } catch (IOException | RuntimeException e) {
      return new DEROctetString(der);
    }
  }

  /**
   * Reads a name.
   *
   * @param der the whole structure {@code Name} of RFC 5280
   * @throws IllegalArgumentException when it is not a name
   */
  public static DistinguishedName of(byte[] der) {
    try {
      return new DistinguishedName(Asn1.prefix(der).orElseThrow().sequence());
    } catch (IOException | RuntimeException e) {
      throw new UnreadableException("not a distinguished name");
    }
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
    return parts.stream()
        .flatMap(part -> Arrays.stream(part.getTypesAndValues()))
        .filter(attribute -> attribute.getType().equals(BCStyle.CN))
        .reduce((first, second) -> second)
        .flatMap(attribute -> shown(attribute.getValue()));
  }

  /** A text as it is shown: bytes that are not UTF-8 are no reason to tell no name at all. */
  private static Optional<String> shown(ASN1Encodable value) {
    return text(value)
        .or(
            () ->
                value instanceof ASN1UTF8String utf8
                    ? Optional.of(new String(BerElement.of(encoded(utf8)).value(), UTF_8))
                    : Optional.empty());
  }

  /**
   * The name as RFC 2253 writes it, the most specific part first. More types of attributes have a
   * word: {@code emailAddress=jane@acme.example}. It is for people only: nothing compares, stores
   * or reads it.
   */
  public String text() {
    try {
      return new X500Principal(der).getName(X500Principal.RFC2253, KEYWORDS);
    } catch (IllegalArgumentException e) {
      // The JDK is stricter than those who issue certificates.
      return parts.stream()
          .map(DistinguishedName::text)
          .reduce((first, second) -> second + "," + first)
          .orElse("");
    }
  }

  /** The texts of its attributes, as they are compared. */
  Stream<String> texts() {
    return parts.stream()
        .flatMap(part -> Arrays.stream(part.getTypesAndValues()))
        .flatMap(attribute -> shown(attribute.getValue()).stream())
        .map(DistinguishedName::folded);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DistinguishedName that
        && (Arrays.equals(der, that.der) || comparable().equals(that.comparable()));
  }

  @Override
  public int hashCode() {
    return comparable().hashCode();
  }

  @Override
  public String toString() {
    return text();
  }

  /** For each part its attributes: the type, and the folded text or a value of another kind. */
  private List<Set<List<Object>>> comparable() {
    List<Set<List<Object>>> made = comparable;
    if (made == null) {
      made = parts.stream().map(DistinguishedName::comparable).toList();
      comparable = made;
    }
    return made;
  }

  private static String text(RDN part) {
    return Arrays.stream(part.getTypesAndValues())
        .map(
            attribute ->
                keyword(attribute.getType().getId())
                    + "="
                    + text(attribute.getValue()).orElseGet(() -> hex(attribute.getValue())))
        .collect(Collectors.joining("+"));
  }

  private static String keyword(String type) {
    return KEYWORDS.getOrDefault(type, type);
  }

  private static Set<List<Object>> comparable(RDN part) {
    return Arrays.stream(part.getTypesAndValues())
        .map(DistinguishedName::comparable)
        .collect(Collectors.toSet());
  }

  private static List<Object> comparable(AttributeTypeAndValue attribute) {
    ASN1Encodable value = attribute.getValue();
    return List.of(
        attribute.getType(),
        text(value).<Object>map(DistinguishedName::folded).orElse(value.toASN1Primitive()));
  }

  private static Optional<String> text(ASN1Encodable value) {
    try {
      if (value instanceof ASN1UniversalString universal) {
        return Optional.of(new String(universal.getOctets(), UTF_32));
      }
      return value instanceof ASN1String string
          ? Optional.of(string.getString())
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      // Bytes that are not UTF-8 in an UTF8String.
      return Optional.empty();
    }
  }

  private static String hex(ASN1Encodable value) {
    return "#" + HexFormat.of().formatHex(encoded(value));
  }

  private static byte[] encoded(ASN1Encodable value) {
    try {
      return value.toASN1Primitive().getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be written", e);
    }
  }

  /** Whether it is printable ASCII, with single blanks between words only: most texts are. */
  private static boolean isTidy(String text) {
    char before = ' ';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || (c == ' ' && before == ' ')) {
        return false;
      }
      before = c;
    }
    return before != ' ';
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** The text as it is compared: RFC 4518 without its rarest characters. */
  static String folded(String text) {
    String plain =
        isAscii(text)
            ? text
            : Normalizer.normalize(text, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
    if (isTidy(plain)) {
      return plain.toLowerCase(Locale.ROOT);
    }
    String spaced = BLANKS.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll(" ");
    return IGNORED.matcher(spaced).replaceAll("").strip();
  }
}
