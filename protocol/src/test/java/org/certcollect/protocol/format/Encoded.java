package org.certcollect.protocol.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;
import org.certcollect.protocol.EncodedCertificates;
import org.certcollect.protocol.QueryType;
import org.certcollect.protocol.v106.CertificateForm106;
import org.certcollect.protocol.v106.ResponseEncoding;
import org.certcollect.protocol.v106.ResponseType;

/** Fixtures as the encoder hands them out. */
final class Encoded {
  static final long ORDER_NUMBER = 1234567;

  private Encoded() {}

  static String text(String chain, QueryType query, ResponseType type) {
    return new String(
        bytes(IssuedFixtures.of(chain, ORDER_NUMBER), query, type, ResponseEncoding.BASE64),
        ISO_8859_1);
  }

  static byte[] pkcs7(String chain) {
    return bytes(
        IssuedFixtures.of(chain, ORDER_NUMBER),
        QueryType.EVERYTHING,
        ResponseType.PKCS7,
        ResponseEncoding.BINARY);
  }

  static byte[] zip(String chain, QueryType query) {
    return zip(IssuedFixtures.of(chain, ORDER_NUMBER), query);
  }

  static byte[] zip(IssuedCertificate issued, QueryType query) {
    byte[] base64 = bytes(issued, query, ResponseType.ZIP, ResponseEncoding.BASE64);
    return Base64.getMimeDecoder().decode(base64);
  }

  static byte[] bytes(
      IssuedCertificate issued, QueryType query, ResponseType type, ResponseEncoding encoding) {
    EncodedCertificates encoded =
        new CertificateForm106(query.part().orElseThrow(), type, encoding).encode(issued);
    byte[] bytes = new byte[encoded.length()];
    encoded.copyTo(bytes, 0);
    return bytes;
  }
}
