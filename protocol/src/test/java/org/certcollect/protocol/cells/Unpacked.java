package org.certcollect.protocol.cells;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/**
 * The data of an answer, unpacked by foreign parsers; the layout is checked on the way.
 *
 * @param certificates in the order in which they stand; in an archive: the end entity, then those
 *     of the bundle
 */
public record Unpacked(List<byte[]> certificates) {
  private static final ASN1ObjectIdentifier NETSCAPE_SEQUENCE =
      new ASN1ObjectIdentifier("2.16.840.1.113730.2.5");

  /** The structure that holds the certificates. */
  public enum Form {
    PEM,
    PKCS7,
    BINARY_PKCS7,
    NETSCAPE,
    ZIP
  }

  public static Unpacked of(Form form, String data) throws Exception {
    return new Unpacked(
        switch (form) {
          case PEM -> pem(data, "CERTIFICATE");
          case PKCS7 -> pkcs7(only(pem(data, "PKCS7")));
          case BINARY_PKCS7 -> pkcs7(data.getBytes(ISO_8859_1));
          case NETSCAPE -> netscape(only(pem(data, "CERTIFICATE")));
          case ZIP -> zip(base64(data));
        });
  }

  /** Only blocks of the label: 64 columns, five dashes, one LF after each line. */
  public static List<byte[]> pem(String data, String label) throws Exception {
    assertThat(data)
        .matches(
            "(-----BEGIN %1$s-----\n([A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{1,64}={0,2}\n-----END %1$s-----\n)*+"
                .formatted(label));
    List<byte[]> blocks = new ArrayList<>();
    try (PemReader reader = new PemReader(new StringReader(data))) {
      for (PemObject block = reader.readPemObject(); block != null; ) {
        assertThat(block.getType()).isEqualTo(label);
        blocks.add(block.getContent());
        block = reader.readPemObject();
      }
    }
    return blocks;
  }

  private static byte[] only(List<byte[]> blocks) {
    assertThat(blocks).hasSize(1);
    return blocks.get(0);
  }

  private static byte[] base64(String data) {
    assertThat(data).matches("([A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{1,64}={0,2}\n");
    return Base64.getDecoder().decode(data.replace("\n", ""));
  }

  /** In encoded order; all lengths are definite, so that encoding it again gives the same bytes. */
  static List<byte[]> pkcs7(byte[] der) throws Exception {
    ContentInfo info = ContentInfo.getInstance(der);
    assertThat(info.getContentType()).isEqualTo(CMSObjectIdentifiers.signedData);
    assertThat(info.getEncoded(ASN1Encoding.DL)).isEqualTo(der);
    SignedData data = SignedData.getInstance(info.getContent());
    assertThat(data.getVersion().intValueExact()).isEqualTo(1);
    assertThat(data.getDigestAlgorithms().size()).isZero();
    assertThat(data.getSignerInfos().size()).isZero();
    assertThat(data.getEncapContentInfo().getContentType()).isEqualTo(CMSObjectIdentifiers.data);
    assertThat(data.getEncapContentInfo().getContent()).isNull();
    return encoded(data.getCertificates());
  }

  static List<byte[]> netscape(byte[] der) throws Exception {
    ASN1Sequence info = ASN1Sequence.getInstance(der);
    assertThat(info.getEncoded(ASN1Encoding.DER)).isEqualTo(der);
    assertThat(info.getObjectAt(0)).isEqualTo(NETSCAPE_SEQUENCE);
    ASN1TaggedObject content = ASN1TaggedObject.getContextInstance(info.getObjectAt(1), 0);
    return encoded(ASN1Sequence.getInstance(content, true));
  }

  private static List<byte[]> encoded(Iterable<ASN1Encodable> structures) throws Exception {
    List<byte[]> ders = new ArrayList<>();
    for (ASN1Encodable structure : structures) {
      ders.add(structure.toASN1Primitive().getEncoded());
    }
    return ders;
  }

  /** The files of an archive, in their order. */
  public static Map<String, String> files(byte[] archive) throws Exception {
    Map<String, String> files = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        assertThat(files.put(entry.getName(), new String(zip.readAllBytes(), ISO_8859_1))).isNull();
      }
    }
    return files;
  }

  private static List<byte[]> zip(byte[] archive) throws Exception {
    List<byte[]> certificates = new ArrayList<>();
    List<byte[]> alone = new ArrayList<>();
    List<byte[]> bundle = new ArrayList<>();
    for (Map.Entry<String, String> file : files(archive).entrySet()) {
      List<byte[]> content = pem(file.getValue(), "CERTIFICATE");
      if (file.getKey().endsWith(".ca-bundle")) {
        assertThat(alone).as("the bundle is the first file").isEmpty();
        bundle.addAll(content);
      } else {
        alone.add(only(content));
      }
    }
    // Each CA certificate is there twice: in a file of its own, and in the bundle.
    if (alone.size() > bundle.size()) {
      certificates.add(alone.remove(0));
    }
    assertThat(bundle).usingRecursiveComparison().isEqualTo(alone);
    certificates.addAll(bundle);
    return certificates;
  }
}
