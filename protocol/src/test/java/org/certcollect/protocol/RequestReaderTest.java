package org.certcollect.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.certcollect.protocol.CollectResult.Refused;
import org.certcollect.protocol.form.FormField;
import org.junit.jupiter.api.Test;

/** What no golden file shows: the request itself, and the setting that allows GET. */
class RequestReaderTest {
  private static final Transport GET = new Transport(true, false);
  private static final Transport POST = new Transport(true, true);

  private static final List<FormField> LOGIN =
      List.of(
          new FormField("loginName", "a"),
          new FormField("loginPassword", "b"),
          new FormField("orderNumber", "7"),
          new FormField("queryType", "1"));

  @Test
  void whatIsNotSaidHasItsDefault() {
    assertThat(reader(Set.of()).read(Endpoint.COLLECT_SSL, POST, LOGIN))
        .isEqualTo(
            new CollectRequest(
                Endpoint.COLLECT_SSL,
                new Login(new LoginName("a"), new LoginPassword("b"), new OrderNumber(7)),
                QueryType.EVERYTHING,
                ResponseType.INDIVIDUALLY,
                ResponseEncoding.BASE64,
                MediaType.TEXT_PLAIN,
                false));
  }

  @Test
  void whatIsSaidIsTaken() {
    List<FormField> fields =
        List.of(
            new FormField("collectionCode", "c"),
            new FormField("queryType", "1"),
            new FormField("responseType", "2"),
            new FormField("responseEncoding", "1"),
            new FormField("responseMimeType", "a/b"),
            new FormField("showValidityPeriod", "Y"));
    assertThat(reader(Set.of()).read(Endpoint.COLLECT_CCC, POST, fields))
        .isEqualTo(
            new CollectRequest(
                Endpoint.COLLECT_CCC,
                new CollectionCode("c"),
                QueryType.EVERYTHING,
                ResponseType.PKCS7,
                ResponseEncoding.BINARY,
                new MediaType("a/b"),
                true));
  }

  @Test
  void getIsTakenWhereItIsAllowedAndNowhereElse() {
    RequestReader reader = reader(Set.of(Endpoint.COLLECT_CCC));
    assertThat(reader.read(Endpoint.COLLECT_CCC, GET, LOGIN)).isInstanceOf(CollectRequest.class);
    assertThat(reader.read(Endpoint.COLLECT_SSL, GET, LOGIN))
        .isEqualTo(Refused.of(StatusCode.NOT_POST));
    assertThat(reader(Set.of()).read(Endpoint.COLLECT_CCC, GET, LOGIN))
        .isEqualTo(Refused.of(StatusCode.NOT_POST));
  }

  @Test
  void anAllowedGetStillNeedsHttps() {
    RequestReader reader = reader(Set.of(Endpoint.COLLECT_CCC));
    assertThat(reader.read(Endpoint.COLLECT_CCC, new Transport(false, false), LOGIN))
        .isEqualTo(Refused.of(StatusCode.NOT_HTTPS));
  }

  private static RequestReader reader(Set<Endpoint> getAllowed) {
    return new RequestReader(Specification106.DIALECT, getAllowed);
  }
}
