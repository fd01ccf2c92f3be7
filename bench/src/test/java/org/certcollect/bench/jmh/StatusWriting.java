package org.certcollect.bench.jmh;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.certcollect.protocol.CollectRequest;
import org.certcollect.protocol.CollectResult;
import org.certcollect.protocol.CollectResult.Available;
import org.certcollect.protocol.CollectResult.Period;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.OrderDetails;
import org.certcollect.protocol.OrderDetails.CertificateStatus;
import org.certcollect.protocol.OrderDetails.CheckProgress;
import org.certcollect.protocol.OrderDetails.ValidationCheck;
import org.certcollect.protocol.OrderDetails.ValidationStatus;
import org.certcollect.protocol.OrderNumber;
import org.certcollect.protocol.RequestReader;
import org.certcollect.protocol.Transport;
import org.certcollect.protocol.form.FormField;
import org.certcollect.protocol.v106.Specification106;
import org.certcollect.protocol.v122.Specification122;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The reading of a request for the status of an order, and the writing of its answer. */
public class StatusWriting extends Timed {
  @Param public StatusPoll asked = StatusPoll.STATUS_1_06;

  private static final Transport HTTPS = new Transport(true, true);

  private RequestReader reader = new RequestReader(Specification106.DIALECT, Set.of());
  private List<FormField> fields = List.of();
  private CollectRequest request = TypicalRequest.read("0", "3", "0");
  private final CollectResult result =
      new Available(
          new Period(Instant.parse("2026-11-23T00:00:00Z"), Instant.parse("2027-11-22T23:59:59Z")),
          Optional.of(
              new OrderDetails(
                  new OrderNumber(TypicalRequest.ORDER_NUMBER),
                  Optional.of("www.example.com"),
                  CertificateStatus.ISSUED,
                  ValidationStatus.VALIDATED,
                  Map.of(
                      ValidationCheck.CSR,
                      CheckProgress.COMPLETED,
                      ValidationCheck.DCV,
                      CheckProgress.COMPLETED),
                  List.of(),
                  Optional.empty())));

  /** The parts of the status that a client asks for, with the version of the protocol. */
  public enum StatusPoll {
    STATUS_1_06,
    STATUS_1_22,
    DETAILS_1_22
  }

  /** Prepares the request. */
  @Setup
  public void prepare() {
    boolean strict = asked == StatusPoll.STATUS_1_06;
    reader =
        new RequestReader(strict ? Specification106.DIALECT : Specification122.DIALECT, Set.of());
    fields = new ArrayList<>(TypicalRequest.STATUS);
    if (asked == StatusPoll.DETAILS_1_22) {
      fields.add(new FormField("responseFormat", "1"));
      fields.add(new FormField("showFQDN", "Y"));
      fields.add(new FormField("showExtStatus", "Y"));
    }
    request = read();
  }

  @Benchmark
  public CollectRequest read() {
    return (CollectRequest) reader.read(Endpoint.COLLECT_SSL, HTTPS, fields);
  }

  @Benchmark
  public byte[] write() {
    return request.layout().write(result).body();
  }
}
