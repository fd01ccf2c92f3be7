package org.certcollect.server.page;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.certcollect.protocol.CertificateForm;
import org.certcollect.protocol.EncodedCertificates;
import org.certcollect.protocol.MediaType;
import org.certcollect.protocol.format.CertificateSets;
import org.certcollect.protocol.format.ChainPart;
import org.certcollect.protocol.format.IssuedCertificate;
import org.certcollect.protocol.format.PemEncoder;
import org.certcollect.protocol.format.ZipArchive;

/** The files that the page hands out, in the order of their buttons. */
enum PageDownload implements CertificateForm {
  /** The whole chain, the end entity first, as web servers want it. */
  PEM("application/pem-certificate-chain"),
  /** A PKCS#7 structure with the whole chain, for Windows and Java. */
  P7B("application/x-pkcs7-certificates"),
  /** The end entity's certificate, as text. */
  CRT("application/pem-certificate-chain"),
  /** The end entity's certificate, binary. */
  DER("application/pkix-cert"),
  /** The archive of the protocol. */
  ZIP("application/zip");

  static final List<PageDownload> ALL = List.of(values());

  private final String mediaType;

  PageDownload(String mediaType) {
    this.mediaType = mediaType;
  }

  /** The file that a button asks for; empty if none has that value. */
  static Optional<PageDownload> of(String value) {
    return ALL.stream().filter(file -> file.word().equals(value)).findFirst();
  }

  private static byte[] pem(IssuedCertificate issued, ChainPart part) {
    return PemEncoder.certificates(issued.certificates(part)).getBytes(US_ASCII);
  }

  MediaType mediaType() {
    return MediaType.of(mediaType);
  }

  /** The value of its button, and the extension of its name. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String title() {
    return name();
  }

  @Override
  public EncodedCertificates encode(IssuedCertificate issued) {
    byte[] file =
        switch (this) {
          case PEM -> pem(issued, ChainPart.WHOLE);
          case P7B -> CertificateSets.pkcs7(issued.certificates(ChainPart.WHOLE)).bytes();
          case CRT -> pem(issued, ChainPart.END_ENTITY);
          case DER -> issued.endEntity().bytes();
          case ZIP -> ZipArchive.of(issued, ChainPart.WHOLE);
        };
    return EncodedCertificates.of(file)
        .named(issued.fileName(CertificateSheet.person(issued), "." + word()));
  }
}
