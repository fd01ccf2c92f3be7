package org.certcollect.protocol.v106;

import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.protocol.Endpoint.COLLECT_CCC;
import static org.certcollect.protocol.Endpoint.COLLECT_SSL;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.certcollect.protocol.Argument;
import org.certcollect.protocol.CollectRequest;
import org.certcollect.protocol.CollectionCode;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.Login;
import org.certcollect.protocol.LoginName;
import org.certcollect.protocol.LoginPassword;
import org.certcollect.protocol.MediaType;
import org.certcollect.protocol.OrderReference;
import org.certcollect.protocol.OrderReference.Numbered;
import org.certcollect.protocol.Reading;
import org.certcollect.protocol.RequestReader;
import org.certcollect.protocol.Transport;
import org.certcollect.protocol.form.FormField;
import org.certcollect.protocol.format.ChainPart;
import org.junit.jupiter.api.Test;

/** The table of arguments, and the requests that they make; no golden file shows these. */
class Specification106Test {
  private static final RequestReader READER = new RequestReader(Specification106.DIALECT, Set.of());

  @Test
  void thereAreNineArgumentsInTheOrderOfTheSpecification() {
    assertThat(names(COLLECT_CCC))
        .containsExactly(
            "loginName",
            "loginPassword",
            "orderNumber",
            "collectionCode",
            "queryType",
            "responseType",
            "responseEncoding",
            "responseMimeType",
            "showValidityPeriod");
    assertThat(names(COLLECT_SSL))
        .containsExactly(
            "loginName",
            "loginPassword",
            "orderNumber",
            "queryType",
            "responseType",
            "responseEncoding",
            "showValidityPeriod");
  }

  @Test
  void onlyArgumentsThatAreNeverRequiredHaveADefault() {
    assertThat(Specification106.DIALECT.arguments().arguments())
        .filteredOn(argument -> argument.defaultValue().isPresent())
        .extracting(Argument::name)
        .containsExactly(
            "responseType", "responseEncoding", "responseMimeType", "showValidityPeriod");
  }

  @Test
  void anAbsentArgumentHasItsDefault() {
    OrderReference order = new OrderReference(Numbered.ORDER, 7, "orderNumber");
    Login login = new Login(new LoginName("a"), new LoginPassword("b"), List.of(order));
    assertThat(read(COLLECT_SSL, "loginName=a", "loginPassword=b", "orderNumber=7", "queryType=1"))
        .isEqualTo(
            new CollectRequest(
                COLLECT_SSL,
                login,
                "orderNumber",
                Optional.of(
                    new CertificateForm106(
                        ChainPart.WHOLE, ResponseType.INDIVIDUALLY, ResponseEncoding.BASE64)),
                new Layout106(MediaType.TEXT_PLAIN, false, false)));
  }

  @Test
  void everyArgumentIsTaken() {
    assertThat(
            read(
                COLLECT_CCC,
                "collectionCode=c",
                "queryType=1",
                "responseType=2",
                "responseEncoding=1",
                "responseMimeType=a/b",
                "showValidityPeriod=Y"))
        .isEqualTo(
            new CollectRequest(
                COLLECT_CCC,
                new CollectionCode("c"),
                "collectionCode",
                Optional.of(
                    new CertificateForm106(
                        ChainPart.WHOLE, ResponseType.PKCS7, ResponseEncoding.BINARY)),
                new Layout106(MediaType.of("a/b"), true, true)));
  }

  @Test
  void aQueryForTheStatusAsksForNoCertificates() {
    assertThat(read(COLLECT_CCC, "collectionCode=c", "queryType=0", "responseEncoding=1"))
        .isEqualTo(
            new CollectRequest(
                COLLECT_CCC,
                new CollectionCode("c"),
                "collectionCode",
                Optional.empty(),
                new Layout106(MediaType.TEXT_PLAIN, false, false)));
  }

  private static List<String> names(Endpoint endpoint) {
    return Specification106.DIALECT.arguments().arguments(endpoint).stream()
        .<String>map(Argument::name)
        .toList();
  }

  private static Reading read(Endpoint endpoint, String... fields) {
    return READER.read(
        endpoint,
        new Transport(true, true),
        Arrays.stream(fields)
            .map(field -> field.split("=", 2))
            .map(field -> new FormField(field[0], field[1]))
            .toList());
  }
}
