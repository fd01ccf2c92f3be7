package org.certcollect.bench.jmh;

import org.certcollect.protocol.CollectRequest;
import org.certcollect.protocol.CollectResult;
import org.certcollect.protocol.CollectResult.Attached;
import org.certcollect.protocol.CollectResult.Processing;
import org.certcollect.protocol.EncodedCertificates;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.MediaType;
import org.certcollect.protocol.QueryType;
import org.certcollect.protocol.ResponseEncoding;
import org.certcollect.protocol.ResponseType;
import org.certcollect.protocol.ResponseWriter;
import org.certcollect.protocol.Specification106;
import org.certcollect.protocol.Validity;
import org.certcollect.protocol.format.CertificateEncoder;
import org.certcollect.protocol.format.IssuedCertificate;
import org.certcollect.protocol.format.IssuedFixtures;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** From a chain of three certificates to the bytes of an answer. */
public class ResultWriting extends Timed {
  @Param public Format format = Format.PEM_CHAIN;

  private final ResponseWriter writer = new ResponseWriter(Specification106.DIALECT);
  private final IssuedCertificate issued =
      IssuedFixtures.of("chain-3", TypicalRequest.LOGIN.orderNumber().value());
  private CollectRequest request = request(format);
  private CollectResult result = new Processing();

  /** A form in which certificates are handed out. */
  public enum Format {
    PEM_CHAIN(ResponseType.INDIVIDUALLY, ResponseEncoding.BASE64),
    PKCS7_TEXT(ResponseType.PKCS7, ResponseEncoding.BASE64),
    PKCS7_BINARY(ResponseType.PKCS7, ResponseEncoding.BINARY),
    NETSCAPE_SEQUENCE(ResponseType.NETSCAPE_SEQUENCE, ResponseEncoding.BASE64),
    ZIP(ResponseType.ZIP, ResponseEncoding.BASE64);

    private final ResponseType type;
    private final ResponseEncoding encoding;

    Format(ResponseType type, ResponseEncoding encoding) {
      this.type = type;
      this.encoding = encoding;
    }
  }

  private static CollectRequest request(Format format) {
    return new CollectRequest(
        Endpoint.COLLECT_SSL,
        TypicalRequest.LOGIN,
        QueryType.EVERYTHING,
        format.type,
        format.encoding,
        MediaType.TEXT_PLAIN,
        true);
  }

  /** Encodes what {@link #warm} writes. */
  @Setup
  public void encode() {
    request = request(format);
    Validity period = new Validity(issued.notBefore(), issued.notBefore().plusSeconds(31_536_000));
    result = new Attached(period, cold());
  }

  /** The encoding that the first request for a certificate in a format costs. */
  @Benchmark
  public EncodedCertificates cold() {
    return CertificateEncoder.encode(issued, QueryType.EVERYTHING, format.type, format.encoding);
  }

  /** The answer that every request costs, with what was encoded before. */
  @Benchmark
  public byte[] warm() {
    return writer.write(request, result).body();
  }
}
