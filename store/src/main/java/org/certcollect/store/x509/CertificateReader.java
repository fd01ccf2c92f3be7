package org.certcollect.store.x509;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.certcollect.store.domain.RefusedException;
import org.certcollect.store.x509.Asn1.Prefix;

/**
 * Reads certificates from files: PEM, one block or many; DER; PKCS#7 and Netscape certificate
 * sequences, as PEM or DER. A certificate in the file is either read, or the file is refused with
 * its name and the line.
 */
public final class CertificateReader {
  /** The largest number of bytes that a file may have. */
  public static final int MAX_FILE = 1 << 20;

  /** The largest number of bytes that the DER of one certificate may have. */
  public static final int MAX_CERTIFICATE = 64 << 10;

  /** OpenSSL's own: the settings of trust follow the certificate. */
  private static final String TRUSTED = "TRUSTED CERTIFICATE";

  private static final Set<String> LABELS =
      Set.of("CERTIFICATE", "X509 CERTIFICATE", TRUSTED, "PKCS7", "PKCS #7 SIGNED DATA", "CMS");

  /** The Netscape certificate sequence ({@code docs/protocol.md}, section 5.3). */
  private static final ASN1ObjectIdentifier NETSCAPE =
      new ASN1ObjectIdentifier("2.16.840.1.113730.2.5");

  private static final int SEQUENCE = 0x30;

  /** The constructed element [0]. */
  private static final int CERTIFICATES = 0xA0;

  private CertificateReader() {}

  /**
   * The certificates of a file, at least one, in their order.
   *
   * @param source how messages call the file
   * @throws RefusedException when it holds none, a private key, or anything that cannot be read
   */
  public static List<ParsedCertificate> read(byte[] file, String source) {
    try {
      return List.copyOf(read(file));
    } catch (UnreadableException e) {
      throw new RefusedException(
          RefusedException.Reason.BAD_CERTIFICATE, source + ": " + e.getMessage());
    }
  }

  private static List<ParsedCertificate> read(byte[] file) {
    if (file.length == 0) {
      throw new UnreadableException("it is empty");
    }
    if (file.length > MAX_FILE) {
      throw new UnreadableException("it has more than " + MAX_FILE + " bytes");
    }
    if (!PemText.isPem(file)) {
      return structure(file, "it is neither PEM nor DER of a certificate");
    }
    List<PemText.Block> blocks = PemText.blocks(file);
    List<PemText.Block> others =
        blocks.stream().filter(block -> !LABELS.contains(block.label())).toList();
    if (others.size() == blocks.size()) {
      throw new UnreadableException(
          "it holds no certificate, but "
              + others.stream().map(PemText.Block::label).collect(Collectors.joining(", ")));
    }
    if (!others.isEmpty()) {
      throw new UnreadableException(
          String.format(
              Locale.ROOT,
              "line %d: a block of %s does not belong here: give certificates only",
              others.get(0).line(),
              others.get(0).label()));
    }
    return blocks.stream().flatMap(block -> block(block).stream()).toList();
  }

  /** The certificates of a block, whose label and content do not always agree. */
  private static List<ParsedCertificate> block(PemText.Block block) {
    byte[] der = block.content();
    if (block.label().equals(TRUSTED)) {
      int length = Asn1.prefix(der).map(Prefix::length).orElse(der.length);
      return List.of(certificate(Arrays.copyOf(der, length)));
    }
    return structure(
        der,
        String.format(
            Locale.ROOT,
            "%s cannot be read: see line %d",
            block.label().contains("CERTIFICATE") ? "a certificate" : "its PKCS#7",
            block.line()));
  }

  /** The certificates of a structure, which its first element tells apart. */
  private static List<ParsedCertificate> structure(byte[] der, String problem) {
    Optional<Prefix> whole = Asn1.prefix(der);
    Optional<ASN1Encodable> first = whole.flatMap(Prefix::first);
    if (first.filter(ASN1Sequence.class::isInstance).isPresent()) {
      return List.of(certificate(der, whole));
    }
    if (first.filter(ASN1Integer.class::isInstance).isPresent()) {
      throw new UnreadableException("it is a private key or a key store: give certificates only");
    }
    if (first.filter(PKCSObjectIdentifiers.signedData::equals).isPresent()) {
      return listed(der, "its PKCS#7", CertificateReader::certificatesOfSignedData);
    }
    if (first.filter(NETSCAPE::equals).isPresent()) {
      return listed(der, "its certificate sequence", BerElement::elements);
    }
    throw new UnreadableException(problem);
  }

  /** The certificates of a ContentInfo (RFC 5652, section 3), with the bytes that each has. */
  private static List<ParsedCertificate> listed(
      byte[] der, String name, Function<BerElement, List<BerElement>> list) {
    if (!Asn1.isWhole(der)) {
      // The certificates of a second structure would be lost.
      throw new UnreadableException(
          name + " is followed by other bytes: give each in a file or a block of its own");
    }
    List<byte[]> found = new ArrayList<>();
    try {
      BerElement content = BerElement.of(der).elements().get(1).elements().get(0);
      for (BerElement one : list.apply(content)) {
        // Attribute certificates have tags of their own.
        if (one.tag() == SEQUENCE) {
          found.add(one.encoded());
        }
      }
    } catch (UnreadableException | IndexOutOfBoundsException e) {
      throw new UnreadableException(name + " cannot be read");
    }
    if (found.isEmpty()) {
      throw new UnreadableException(name + " holds no certificate");
    }
    return found.stream().map(CertificateReader::certificate).toList();
  }

  /** The certificates of SignedData (RFC 5652, section 5.1), whatever it signs. */
  private static List<BerElement> certificatesOfSignedData(BerElement content) {
    return content.elements().stream()
        .filter(element -> element.tag() == CERTIFICATES)
        .findFirst()
        .map(BerElement::elements)
        .orElse(List.of());
  }

  private static ParsedCertificate certificate(byte[] der) {
    return certificate(der, Asn1.prefix(der));
  }

  private static ParsedCertificate certificate(byte[] der, Optional<Prefix> whole) {
    int length = whole.map(Prefix::length).orElse(der.length);
    if (length > MAX_CERTIFICATE) {
      throw new UnreadableException("a certificate has more than " + MAX_CERTIFICATE + " bytes");
    }
    if (length != der.length) {
      throw new UnreadableException("a certificate is followed by other bytes");
    }
    try {
      return ParsedCertificate.of(der, whole);
    } catch (UnreadableException e) {
      throw new UnreadableException("a certificate cannot be read: " + e.getMessage());
    }
  }
}
