package org.certcollect.bench.jmh;

import org.certcollect.protocol.CollectRequest;
import org.certcollect.protocol.CollectResult;
import org.certcollect.protocol.CollectResult.Attached;
import org.certcollect.protocol.CollectResult.Period;
import org.certcollect.protocol.CollectResult.Processing;
import org.certcollect.protocol.EncodedCertificates;
import org.certcollect.protocol.format.IssuedCertificate;
import org.certcollect.protocol.format.IssuedFixtures;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The writing of an answer with a chain of three certificates. */
public class ResultWriting extends Timed {
  @Param public Format format = Format.PEM_CHAIN;

  private final IssuedCertificate issued =
      IssuedFixtures.of("chain-3", TypicalRequest.ORDER_NUMBER);
  private CollectRequest request = request(format);
  private CollectResult result = new Processing();

  /** A form in which certificates are handed out. */
  public enum Format {
    PEM_CHAIN("3", "0"),
    PKCS7_TEXT("2", "0"),
    PKCS7_BINARY("2", "1"),
    NETSCAPE_SEQUENCE("1", "0"),
    ZIP("0", "0");

    private final String type;
    private final String encoding;

    Format(String type, String encoding) {
      this.type = type;
      this.encoding = encoding;
    }
  }

  private static CollectRequest request(Format format) {
    return TypicalRequest.read("1", format.type, format.encoding);
  }

  /** Encodes what {@link #warm} writes. */
  @Setup
  public void encode() {
    request = request(format);
    Period period = new Period(issued.notBefore(), issued.notBefore().plusSeconds(31_536_000));
    result = new Attached(period, cold());
  }

  /** The encoding that the first request for a certificate in a format costs. */
  @Benchmark
  public EncodedCertificates cold() {
    return request.form().orElseThrow().encode(issued);
  }

  /** The answer that every request costs, with what was encoded before. */
  @Benchmark
  public byte[] warm() {
    return request.layout().write(result).body();
  }
}
