package org.certcollect.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.certcollect.client.InvalidAnswerException.Kind;
import org.certcollect.protocol.QueryType;
import org.certcollect.protocol.format.CertificateSets;
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
  /** More than the files of ten certificates with the largest keys in use. */
  private static final int MAX_ARCHIVE = 4 << 20;

  /** The length of a ZIP archive's end record without its comment. */
  private static final int END_RECORD = 22;

  static final ContentForm<CertificateChain> CHAIN =
      new ContentForm<>(
          ResponseType.INDIVIDUALLY, ResponseEncoding.BASE64, "certificate", ContentForm::chain);

  static final ContentForm<CertificateArchive> ARCHIVE =
      new ContentForm<>(
          ResponseType.ZIP,
          ResponseEncoding.BASE64,
          "zipFile",
          (part, parts) -> archive(part, parts.get(0)));

  static final ContentForm<CertificateStructure> NETSCAPE_SEQUENCE =
      new ContentForm<>(
          ResponseType.NETSCAPE_SEQUENCE,
          ResponseEncoding.BASE64,
          "netscapeCertificateSequence",
          (part, parts) -> netscapeSequence(DerElement.whole(parts.get(0))));

  static ContentForm<CertificateStructure> pkcs7(ResponseEncoding encoding) {
    return new ContentForm<>(
        ResponseType.PKCS7,
        encoding,
        "pkcs7",
        (part, parts) -> pkcs7(DerElement.whole(parts.get(0))));
  }

  /** Reads certificates. */
  interface Content<C> {
    C read(QueryType part, List<byte[]> parts) throws InvalidAnswerException;
  }

  private static CertificateChain chain(QueryType part, List<byte[]> rootFirst)
      throws InvalidAnswerException {
    List<byte[]> certificates = new ArrayList<>(rootFirst);
    Collections.reverse(certificates);
    return CertificateChain.of(part, certificates);
  }

  private static CertificateStructure pkcs7(DerElement structure) throws InvalidAnswerException {
    // The version, the digests and the data that is signed, none here, are before the certificates.
    return structure(
        structure,
        structure.contentOf(CertificateSets.SIGNED_DATA).child(3, DerElement.CONTEXT_0),
        "PKCS7");
  }

  private static CertificateStructure netscapeSequence(DerElement structure)
      throws InvalidAnswerException {
    return structure(
        structure, structure.contentOf(CertificateSets.CERTIFICATE_SEQUENCE), "CERTIFICATE");
  }

  private static CertificateStructure structure(
      DerElement structure, DerElement certificates, String label) throws InvalidAnswerException {
    List<byte[]> encoded = new ArrayList<>();
    for (DerElement certificate : certificates.children()) {
      encoded.add(certificate.der().bytes());
    }
    return new CertificateStructure(
        structure.der(), label, CertificateChain.of(QueryType.EVERYTHING, encoded));
  }

  private static CertificateArchive archive(QueryType part, byte[] bytes)
      throws InvalidAnswerException {
    if (bytes.length > 1 && !isMark(bytes, 0)) {
      throw new InvalidAnswerException(Kind.NOT_AS_ASKED);
    }
    // An archive ends with its directory, which a cut one does not have.
    if (!hasEnd(bytes)) {
      throw new InvalidAnswerException(Kind.BAD_CERTIFICATES);
    }
    List<byte[]> certificates = new ArrayList<>();
    List<byte[]> bundled = new ArrayList<>();
    int left = MAX_ARCHIVE;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes), ISO_8859_1)) {
      for (ZipEntry file = zip.getNextEntry(); file != null; file = zip.getNextEntry()) {
        byte[] content = zip.readNBytes(left + 1);
        left -= content.length;
        if (left < 0) {
          throw new InvalidAnswerException(Kind.TOO_LARGE);
        }
        (file.getName().endsWith(".ca-bundle") ? bundled : certificates)
            .addAll(PemBlocks.among(new String(content, ISO_8859_1)));
      }
    } catch (InvalidAnswerException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      // The JDK refuses names in a wrong charset by the latter.
      throw new InvalidAnswerException(Kind.BAD_CERTIFICATES);
    }
    certificates.addAll(bundled);
    return new CertificateArchive(bytes, CertificateChain.of(part, certificates));
  }

  /** Whether a comment of the length that is told, mostly none, follows the end record. */
  private static boolean hasEnd(byte[] bytes) {
    for (int comment = 0; comment <= Math.min(0xFFFF, bytes.length - END_RECORD); comment++) {
      int end = bytes.length - END_RECORD - comment;
      int told = (bytes[end + 20] & 0xFF) | (bytes[end + 21] & 0xFF) << 8;
      if (isMark(bytes, end) && bytes[end + 2] == 5 && bytes[end + 3] == 6 && told == comment) {
        return true;
      }
    }
    return false;
  }

  private static boolean isMark(byte[] bytes, int at) {
    return bytes[at] == 'P' && bytes[at + 1] == 'K';
  }
}
