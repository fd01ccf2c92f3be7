package org.certcollect.protocol.format;

import java.util.HexFormat;
import java.util.List;

/** DER structures that hold several certificates, in the order given. */
public final class CertificateSets {
  /** 1.2.840.113549.1.7.2, the type of a PKCS#7 structure. */
  public static final Der SIGNED_DATA = oid("2A864886F70D010702");

  /** 1.2.840.113549.1.7.1 */
  private static final Der DATA = oid("2A864886F70D010701");

  /** 2.16.840.1.113730.2.5, the type of a Netscape certificate sequence. */
  public static final Der CERTIFICATE_SEQUENCE = oid("6086480186F8420205");

  private static final Der VERSION_1 = Der.of(new byte[] {Der.INTEGER, 1, 1});
  private static final Der EMPTY_SET = Der.wrap(Der.SET);

  private CertificateSets() {}

  /**
   * A certs-only SignedData (RFC 2315, section 9.1; RFC 5652, section 5.1). Its certificates are a
   * SET, which DER would sort. They keep the order given instead, because clients take the first
   * for the end entity, and no signature covers the set.
   */
  public static Der pkcs7(List<Der> certificates) {
    Der signedData =
        Der.wrap(
            Der.SEQUENCE,
            VERSION_1,
            EMPTY_SET,
            Der.wrap(Der.SEQUENCE, DATA),
            Der.wrap(Der.CONTEXT_0, certificates),
            EMPTY_SET);
    return Der.wrap(Der.SEQUENCE, SIGNED_DATA, Der.wrap(Der.CONTEXT_0, signedData));
  }

  /** A certificate sequence as in Netscape's "Certificate Download Specification". */
  public static Der netscapeSequence(List<Der> certificates) {
    Der sequence = Der.wrap(Der.SEQUENCE, certificates);
    return Der.wrap(Der.SEQUENCE, CERTIFICATE_SEQUENCE, Der.wrap(Der.CONTEXT_0, sequence));
  }

  private static Der oid(String hex) {
    byte[] content = HexFormat.of().parseHex(hex);
    return Der.wrap(Der.OBJECT_IDENTIFIER, Der.of(content));
  }
}
