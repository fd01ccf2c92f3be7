package org.certcollect.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.certcollect.protocol.form.FormField;
import org.certcollect.protocol.v106.Specification106;
import org.junit.jupiter.api.Test;

/** The setting that allows GET, which no golden file shows. */
class RequestReaderTest {
  private static final Transport GET = new Transport(true, false);

  private static final List<FormField> LOGIN =
      List.of(
          new FormField("loginName", "a"),
          new FormField("loginPassword", "b"),
          new FormField("orderNumber", "7"),
          new FormField("queryType", "1"));

  @Test
  void getIsTakenOnlyByTheEndpointsThatAllowIt() {
    RequestReader reader = reader(Set.of(Endpoint.COLLECT_CCC));
    assertThat(reader.read(Endpoint.COLLECT_CCC, GET, LOGIN)).isInstanceOf(CollectRequest.class);
    assertRefused(reader.read(Endpoint.COLLECT_SSL, GET, LOGIN), StatusCode.NOT_POST);
    assertRefused(reader(Set.of()).read(Endpoint.COLLECT_CCC, GET, LOGIN), StatusCode.NOT_POST);
  }

  @Test
  void anAllowedGetStillNeedsHttps() {
    RequestReader reader = reader(Set.of(Endpoint.COLLECT_CCC));
    assertRefused(
        reader.read(Endpoint.COLLECT_CCC, new Transport(false, false), LOGIN),
        StatusCode.NOT_HTTPS);
  }

  private static RequestReader reader(Set<Endpoint> getAllowed) {
    return new RequestReader(Specification106.DIALECT, getAllowed);
  }

  private static void assertRefused(Reading reading, StatusCode status) {
    assertThat(reading)
        .isInstanceOfSatisfying(
            RefusedRequest.class,
            refused -> assertThat(refused.reason().status()).isEqualTo(status));
  }
}
