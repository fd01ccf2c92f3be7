package org.certcollect.protocol.v106;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.certcollect.protocol.CertificateForm;
import org.certcollect.protocol.EncodedCertificates;
import org.certcollect.protocol.format.CertificateSets;
import org.certcollect.protocol.format.ChainPart;
import org.certcollect.protocol.format.Der;
import org.certcollect.protocol.format.IssuedCertificate;
import org.certcollect.protocol.format.PemEncoder;
import org.certcollect.protocol.format.ZipArchive;

/** A form of certificates in specification 1.06 (docs/protocol.md, section 5). */
public record CertificateForm106(ChainPart part, ResponseType type, ResponseEncoding encoding)
    implements CertificateForm {

  /**
   * A combination of arguments.
   *
   * @throws IllegalArgumentException for one that the table of arguments refuses
   */
  public CertificateForm106 {
    if ((type.needsWholeChain() && part != ChainPart.WHOLE)
        || (encoding == ResponseEncoding.BINARY && type != ResponseType.PKCS7)) {
      throw new IllegalArgumentException(part + " cannot go as " + type + " in " + encoding);
    }
  }

  /**
   * The certificates in this form; no bytes, or an archive without files, for the issuers of a
   * certificate that has none.
   */
  @Override
  public EncodedCertificates encode(IssuedCertificate issued) {
    return switch (type) {
      case INDIVIDUALLY -> text(PemEncoder.certificates(issued.rootFirst(part)));
      case ZIP -> text(PemEncoder.base64(ZipArchive.of(issued, part)));
      case PKCS7 -> pkcs7(CertificateSets.pkcs7(issued.certificates(part)));
      case NETSCAPE_SEQUENCE ->
          text(
              PemEncoder.block(
                  "CERTIFICATE", CertificateSets.netscapeSequence(issued.certificates(part))));
    };
  }

  @Override
  public String title() {
    return type + "/" + encoding;
  }

  private EncodedCertificates pkcs7(Der structure) {
    return switch (encoding) {
      case BASE64 -> text(PemEncoder.block("PKCS7", structure));
      case BINARY -> EncodedCertificates.of(structure.bytes());
    };
  }

  private static EncodedCertificates text(String text) {
    return EncodedCertificates.of(text.getBytes(US_ASCII));
  }
}
