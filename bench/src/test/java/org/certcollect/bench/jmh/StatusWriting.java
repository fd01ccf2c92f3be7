package org.certcollect.bench.jmh;

import java.time.Instant;
import org.certcollect.protocol.CollectRequest;
import org.certcollect.protocol.CollectResult;
import org.certcollect.protocol.CollectResult.Available;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.MediaType;
import org.certcollect.protocol.QueryType;
import org.certcollect.protocol.ResponseEncoding;
import org.certcollect.protocol.ResponseType;
import org.certcollect.protocol.ResponseWriter;
import org.certcollect.protocol.Specification106;
import org.certcollect.protocol.Validity;
import org.openjdk.jmh.annotations.Benchmark;

/** From how an order stands to the bytes of an answer without certificates. */
public class StatusWriting extends Timed {
  private final ResponseWriter writer = new ResponseWriter(Specification106.DIALECT);
  private final CollectRequest request =
      new CollectRequest(
          Endpoint.COLLECT_SSL,
          TypicalRequest.LOGIN,
          QueryType.STATUS,
          ResponseType.INDIVIDUALLY,
          ResponseEncoding.BASE64,
          MediaType.TEXT_PLAIN,
          true);
  private final CollectResult result =
      new Available(
          new Validity(
              Instant.parse("2026-11-23T00:00:00Z"), Instant.parse("2027-11-22T23:59:59Z")));

  @Benchmark
  public byte[] available() {
    return writer.write(request, result).body();
  }
}
