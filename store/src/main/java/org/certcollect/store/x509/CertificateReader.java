package org.certcollect.store.x509;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.certcollect.store.domain.RefusedException;

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

  private static final int CERTIFICATES = 0xA0;

  private final String source;

  private CertificateReader(String source) {
    this.source = source;
  }

  /**
   * The certificates of a file, at least one, in their order.
   *
   * @param source how messages call the file
   * @throws RefusedException when it holds none, a private key, or anything that cannot be read
   */
  public static List<ParsedCertificate> read(byte[] file, String source) {
    return new CertificateReader(source).read(file);
  }

  private List<ParsedCertificate> read(byte[] file) {
    if (file.length == 0) {
      throw refused("it is empty");
    }
    if (file.length > MAX_FILE) {
      throw refused("it has more than " + MAX_FILE + " bytes");
    }
    // The DER of a certificate may contain any text.
    boolean isPem = !DerKind.isWhole(file) && PemText.isPem(file);
    return List.copyOf(isPem ? pem(file) : der(file));
  }

  private List<ParsedCertificate> pem(byte[] file) {
    List<PemBlock> blocks = blocks(file);
    if (blocks.stream().anyMatch(PemBlock::isPrivateKey)) {
      throw refused("it holds a private key, which does not belong here: give certificates only");
    }
    List<PemBlock> others = blocks.stream().filter(block -> !isOfCertificates(block)).toList();
    if (others.size() == blocks.size()) {
      throw refused(
          "it holds no certificate, but "
              + String.join(", ", others.stream().map(PemBlock::label).toList()));
    }
    if (!others.isEmpty()) {
      throw refused(
          String.format(
              Locale.ROOT,
              "line %d: a block of %s does not belong here: give certificates only",
              others.get(0).line(),
              others.get(0).label()));
    }
    List<ParsedCertificate> certificates = new ArrayList<>();
    for (PemBlock block : blocks) {
      certificates.addAll(content(block));
    }
    return certificates;
  }

  private static boolean isOfCertificates(PemBlock block) {
    return switch (block.label()) {
      case "CERTIFICATE",
          "X509 CERTIFICATE",
          "TRUSTED CERTIFICATE",
          "PKCS7",
          "PKCS #7 SIGNED DATA",
          "CMS" ->
          true;
      default -> false;
    };
  }

  /** The certificates of a block, whose label and content do not always agree. */
  private List<ParsedCertificate> content(PemBlock block) {
    byte[] der = block.content();
    if (block.label().equals("TRUSTED CERTIFICATE")) {
      // OpenSSL's own: the settings of trust follow the certificate.
      return List.of(certificate(first(der)));
    }
    return switch (DerKind.of(der)) {
      case PKCS7 -> pkcs7(der);
      case NETSCAPE_SEQUENCE -> netscapeSequence(der);
      case CERTIFICATE -> List.of(certificate(der));
      case KEY, OTHER ->
          throw refused(
              String.format(
                  Locale.ROOT,
                  "%s cannot be read: see line %d",
                  block.label().contains("CERTIFICATE") ? "a certificate" : "its PKCS#7",
                  block.line()));
    };
  }

  private byte[] first(byte[] der) {
    try {
      return new DerReader(der).next(DerElement.SEQUENCE).encoded();
    } catch (MalformedDerException e) {
      throw unreadable(e);
    }
  }

  private List<PemBlock> blocks(byte[] file) {
    try {
      return PemText.blocks(file);
    } catch (IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private List<ParsedCertificate> der(byte[] file) {
    return switch (DerKind.of(file)) {
      case CERTIFICATE -> List.of(certificate(file));
      case PKCS7 -> pkcs7(file);
      case NETSCAPE_SEQUENCE -> netscapeSequence(file);
      case KEY -> throw refused("it is a private key or a key store: give certificates only");
      case OTHER -> throw refused("it is neither PEM nor DER of a certificate");
    };
  }

  private ParsedCertificate certificate(byte[] der) {
    try {
      DerElement whole = new DerReader(der).next(DerElement.SEQUENCE);
      if (whole.length() > MAX_CERTIFICATE) {
        throw refused("a certificate has more than " + MAX_CERTIFICATE + " bytes");
      }
      if (whole.length() != der.length) {
        throw refused("a certificate is followed by other bytes");
      }
      return ParsedCertificate.of(der);
    } catch (IllegalArgumentException | MalformedDerException e) {
      throw unreadable(e);
    }
  }

  /** The certificates of SignedData (RFC 5652, section 5.1), whatever it signs. */
  private List<ParsedCertificate> pkcs7(byte[] der) {
    requireNothingAfter(der, "its PKCS#7");
    try {
      DerReader signedData = content(der).next(DerElement.SEQUENCE).reader();
      signedData.skip(DerElement.INTEGER);
      signedData.skip(DerElement.SET);
      signedData.skip(DerElement.SEQUENCE);
      List<ParsedCertificate> found = new ArrayList<>();
      DerReader certificates =
          signedData
              .nextIf(CERTIFICATES)
              .orElseThrow(() -> refused("its PKCS#7 holds no certificate"))
              .reader();
      while (certificates.hasNext()) {
        DerElement certificate = certificates.next();
        // Attribute certificates have tags of their own.
        if (certificate.tag() == DerElement.SEQUENCE) {
          found.add(certificate(certificate.encoded()));
        }
      }
      if (found.isEmpty()) {
        throw refused("its PKCS#7 holds no certificate");
      }
      return found;
    } catch (MalformedDerException e) {
      throw refused("its PKCS#7 cannot be read: " + e.getMessage());
    }
  }

  private List<ParsedCertificate> netscapeSequence(byte[] der) {
    requireNothingAfter(der, "its certificate sequence");
    try {
      List<ParsedCertificate> found = new ArrayList<>();
      for (DerReader list = content(der).next(DerElement.SEQUENCE).reader(); list.hasNext(); ) {
        found.add(certificate(list.next(DerElement.SEQUENCE).encoded()));
      }
      if (found.isEmpty()) {
        throw refused("its certificate sequence is empty");
      }
      return found;
    } catch (MalformedDerException e) {
      throw refused("its certificate sequence cannot be read: " + e.getMessage());
    }
  }

  /** Refuses a second structure after the first, whose certificates would be lost. */
  private void requireNothingAfter(byte[] der, String name) {
    try {
      DerReader outer = new DerReader(der);
      outer.skip(DerElement.SEQUENCE);
      if (outer.hasNext()) {
        throw refused(
            name + " is followed by other bytes: give each in a file or a block of its own");
      }
    } catch (MalformedDerException e) {
      throw refused(name + " cannot be read: " + e.getMessage());
    }
  }

  /** The content of a ContentInfo (RFC 5652, section 3), after the identifier of its type. */
  private static DerReader content(byte[] der) {
    DerReader info = new DerReader(der).next(DerElement.SEQUENCE).reader();
    info.skip(DerElement.OID);
    return info.next(CERTIFICATES).reader();
  }

  private RefusedException unreadable(RuntimeException e) {
    return refused("a certificate cannot be read: " + e.getMessage());
  }

  private RefusedException refused(String problem) {
    return new RefusedException(RefusedException.Reason.BAD_CERTIFICATE, source + ": " + problem);
  }
}
