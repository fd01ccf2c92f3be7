package org.certcollect.protocol.v122;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;
import org.certcollect.protocol.CertificateForm;
import org.certcollect.protocol.EncodedCertificates;
import org.certcollect.protocol.format.CertificateSets;
import org.certcollect.protocol.format.ChainPart;
import org.certcollect.protocol.format.Der;
import org.certcollect.protocol.format.IssuedCertificate;
import org.certcollect.protocol.format.PemEncoder;
import org.certcollect.protocol.format.ZipArchive;
import org.certcollect.protocol.v106.ResponseType;

/** A form of certificates in the later dialect (docs/protocol.md, section 5). */
public record CertificateForm122(ChainPart part, ResponseType type, Notation notation)
    implements CertificateForm {

  @Override
  public EncodedCertificates encode(IssuedCertificate issued) {
    return switch (type) {
      case INDIVIDUALLY -> text(individually(issued));
      case ZIP -> structure("zipFile", ZipArchive.of(issued, part));
      case PKCS7 -> structure("pkcs7", CertificateSets.pkcs7(issued.certificates(part)).bytes());
      case NETSCAPE_SEQUENCE ->
          structure(
              "netscapeCertificateSequence",
              CertificateSets.netscapeSequence(issued.certificates(part)).bytes());
    };
  }

  @Override
  public String title() {
    return type + "/" + notation;
  }

  private String individually(IssuedCertificate issued) {
    return switch (notation) {
      case TEXT -> PemEncoder.certificates(issued.rootFirst(part));
      case JAVASCRIPT -> JavaScript122.escaped(PemEncoder.certificates(issued.rootFirst(part)));
      case URL_ENCODED -> fields(issued);
      case BINARY -> throw new IllegalStateException("certificates one by one are text");
    };
  }

  /** A field for each certificate, root first, because clients reverse the order. */
  private String fields(IssuedCertificate issued) {
    StringBuilder fields = new StringBuilder();
    if (part != ChainPart.END_ENTITY) {
      for (Der issuer : issued.rootFirst(ChainPart.ISSUERS)) {
        fields.append(UrlEncoded122.field("caCertificate", base64(issuer.bytes())));
      }
    }
    if (part != ChainPart.ISSUERS) {
      fields.append(UrlEncoded122.field("certificate", base64(issued.endEntity().bytes())));
    }
    return fields.toString();
  }

  private EncodedCertificates structure(String key, byte[] bytes) {
    return switch (notation) {
      case TEXT -> text(PemEncoder.base64(bytes));
      case BINARY -> EncodedCertificates.of(bytes);
      case JAVASCRIPT -> text(base64(bytes));
      case URL_ENCODED -> text(UrlEncoded122.field(key, base64(bytes)));
    };
  }

  /** Without line ends. */
  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static EncodedCertificates text(String text) {
    return EncodedCertificates.of(text.getBytes(US_ASCII));
  }
}
