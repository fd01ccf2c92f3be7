package org.certcollect.bench.jmh;

import java.util.List;
import java.util.Set;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.Reading;
import org.certcollect.protocol.RequestReader;
import org.certcollect.protocol.Transport;
import org.certcollect.protocol.form.FormField;
import org.certcollect.protocol.v106.Specification106;
import org.openjdk.jmh.annotations.Benchmark;

/** The parsing of a form's fields into a request. */
public class RequestParsing extends Timed {
  private final RequestReader reader = new RequestReader(Specification106.DIALECT, Set.of());
  private final Transport https = new Transport(true, true);
  private final List<FormField> byLogin = TypicalRequest.FIELDS;
  private final List<FormField> byCode =
      List.of(new FormField("collectionCode", "K7PM3WXQ9RTC4HVD"), new FormField("queryType", "1"));

  @Benchmark
  public Reading byLogin() {
    return reader.read(Endpoint.COLLECT_SSL, https, byLogin);
  }

  @Benchmark
  public Reading byCode() {
    return reader.read(Endpoint.COLLECT_CCC, https, byCode);
  }
}
