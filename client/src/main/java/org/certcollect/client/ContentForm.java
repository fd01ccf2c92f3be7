package org.certcollect.client;

import java.util.ArrayList;
import java.util.List;
import org.certcollect.client.InvalidAnswerException.Kind;
import org.certcollect.protocol.QueryType;
import org.certcollect.protocol.format.Der;
import org.certcollect.protocol.v106.ResponseEncoding;
import org.certcollect.protocol.v106.ResponseType;

/**
 * A form in which a query asks for certificates.
 *
 * @param key the field of a URL-encoded answer that has them, if they are one structure
 * @param content reads what the answer has: one structure, or each certificate, root first
 */
record ContentForm<C>(
    ResponseType type, ResponseEncoding encoding, String key, Content<C> content) {
  static final ContentForm<CertificateChain> CHAIN =
      new ContentForm<>(
          ResponseType.INDIVIDUALLY, ResponseEncoding.BASE64, "certificate", ContentForm::chain);

  static final ContentForm<CertificateArchive> ARCHIVE =
      new ContentForm<>(
          ResponseType.ZIP,
          ResponseEncoding.BASE64,
          "zipFile",
          (part, parts) -> archive(parts.get(0)));

  static final ContentForm<CertificateStructure> NETSCAPE_SEQUENCE =
      new ContentForm<>(
          ResponseType.NETSCAPE_SEQUENCE,
          ResponseEncoding.BASE64,
          "netscapeCertificateSequence",
          (part, parts) -> new CertificateStructure(PemBlocks.der(parts.get(0)), "CERTIFICATE"));

  static ContentForm<CertificateStructure> pkcs7(ResponseEncoding encoding) {
    return new ContentForm<>(
        ResponseType.PKCS7,
        encoding,
        "pkcs7",
        (part, parts) -> new CertificateStructure(PemBlocks.der(parts.get(0)), "PKCS7"));
  }

  /** Reads certificates. */
  interface Content<C> {
    C read(QueryType part, List<byte[]> parts) throws InvalidAnswerException;
  }

  private static CertificateChain chain(QueryType part, List<byte[]> rootFirst)
      throws InvalidAnswerException {
    if (rootFirst.isEmpty() && part != QueryType.CA_BUNDLE) {
      throw new InvalidAnswerException(Kind.BAD_CERTIFICATES);
    }
    List<Der> certificates = new ArrayList<>();
    for (byte[] certificate : rootFirst) {
      certificates.add(PemBlocks.der(certificate));
    }
    return CertificateChain.ofRootFirst(part, certificates);
  }

  /** An archive that ends with its directory, which a cut one does not. */
  private static CertificateArchive archive(byte[] bytes) throws InvalidAnswerException {
    int end = bytes.length - 22;
    if (end < 0
        || bytes[end] != 'P'
        || bytes[end + 1] != 'K'
        || bytes[end + 2] != 5
        || bytes[end + 3] != 6) {
      throw new InvalidAnswerException(Kind.BAD_CERTIFICATES);
    }
    return new CertificateArchive(bytes);
  }
}
