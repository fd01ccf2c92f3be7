package org.certcollect.store.x509;

import java.util.Optional;

/** The kinds of DER that people take for a certificate, told apart by their first elements. */
enum DerKind {
  CERTIFICATE,
  PKCS7,
  /** The Netscape certificate sequence ({@code docs/protocol.md}, section 5.3). */
  NETSCAPE_SEQUENCE,
  /** A private key or a PKCS#12 store: both begin with a version. */
  KEY,
  OTHER;

  private static final String SIGNED_DATA = "1.2.840.113549.1.7.2";
  private static final String NETSCAPE = "2.16.840.1.113730.2.5";

  static DerKind of(byte[] der) {
    try {
      DerReader reader = new DerReader(der).next(DerElement.SEQUENCE).reader();
      DerElement first = reader.next();
      return switch (first.tag()) {
        case DerElement.SEQUENCE -> CERTIFICATE;
        case DerElement.INTEGER -> KEY;
        case DerElement.OID -> ofContent(first.oid());
        default -> OTHER;
      };
    } catch (MalformedDerException e) {
      return OTHER;
    }
  }

  /** Whether a file is one DER element from its first byte to its last. */
  static boolean isWhole(byte[] file) {
    try {
      DerReader reader = new DerReader(file);
      Optional<DerElement> whole = reader.nextIf(DerElement.SEQUENCE);
      return whole.isPresent() && !reader.hasNext();
    } catch (MalformedDerException e) {
      return false;
    }
  }

  private static DerKind ofContent(String oid) {
    return switch (oid) {
      case SIGNED_DATA -> PKCS7;
      case NETSCAPE -> NETSCAPE_SEQUENCE;
      default -> OTHER;
    };
  }
}
