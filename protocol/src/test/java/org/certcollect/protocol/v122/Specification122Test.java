package org.certcollect.protocol.v122;

import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.protocol.Endpoint.COLLECT_CCC;
import static org.certcollect.protocol.Endpoint.COLLECT_SSL;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.certcollect.protocol.Argument;
import org.certcollect.protocol.CollectRequest;
import org.certcollect.protocol.CollectResult.Refused;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.Login;
import org.certcollect.protocol.LoginName;
import org.certcollect.protocol.LoginPassword;
import org.certcollect.protocol.OrderReference;
import org.certcollect.protocol.OrderReference.Numbered;
import org.certcollect.protocol.RequestReader;
import org.certcollect.protocol.ResponseLayout;
import org.certcollect.protocol.StatusCode;
import org.certcollect.protocol.Transport;
import org.certcollect.protocol.form.FormField;
import org.certcollect.protocol.format.ChainPart;
import org.certcollect.protocol.v106.ResponseType;
import org.junit.jupiter.api.Test;

/** The table of arguments, and the requests that they make; no golden file shows these. */
class Specification122Test {
  @Test
  void theArgumentsAreInTheOrderOfTheTable() {
    assertThat(names(COLLECT_SSL))
        .containsExactly(
            "loginName",
            "loginPassword",
            "orderNumber",
            "certificateID",
            "baseOrderNumber",
            "queryType",
            "responseType",
            "responseEncoding",
            "showValidityPeriod",
            "showFQDN",
            "showExtStatus",
            "showStatusDetails",
            "showMDCDomainDetails",
            "showMDCDomainDetails2",
            "responseFormat",
            "behaviourVersion");
    assertThat(names(COLLECT_CCC))
        .containsExactly(
            "loginName",
            "loginPassword",
            "orderNumber",
            "collectionCode",
            "queryType",
            "responseType",
            "responseEncoding",
            "callbackFunctionName",
            "responseMimeType",
            "showValidityPeriod",
            "product");
  }

  @Test
  void theNumbersOfAnOrderComeInTheOrderOfTheTable() {
    CollectRequest request =
        read("baseOrderNumber=9", "certificateID=0008", "orderNumber=7", "queryType=1");
    assertThat(request.claim())
        .isEqualTo(
            new Login(
                new LoginName("a"),
                new LoginPassword("b"),
                List.of(
                    new OrderReference(Numbered.ORDER, 7, "orderNumber"),
                    new OrderReference(Numbered.CERTIFICATE, 8, "certificateID"),
                    new OrderReference(Numbered.BASE_ORDER, 9, "baseOrderNumber"))));
    assertThat(request.orderNotFound())
        .isEqualTo(Refused.of(StatusCode.INVALID_ARGUMENT, "orderNumber"));
    assertThat(request.orderNotFound(((Login) request.claim()).order().get(2)))
        .isEqualTo(Refused.of(StatusCode.INVALID_ARGUMENT, "baseOrderNumber"));
  }

  @Test
  void theFirstNumberIsToBlameIfThereIsNoOrder() {
    assertThat(read("certificateID=8", "baseOrderNumber=9", "queryType=0").orderNotFound())
        .isEqualTo(Refused.of(StatusCode.INVALID_ARGUMENT, "certificateID"));
  }

  @Test
  void anAbsentArgumentHasItsDefault() {
    CollectRequest request = read("orderNumber=7", "queryType=1");
    assertThat(request.form())
        .isEqualTo(
            Optional.of(
                new CertificateForm122(ChainPart.WHOLE, ResponseType.INDIVIDUALLY, Notation.TEXT)));
    assertThat(request.layout()).isEqualTo(Lines122.DEFAULT);
  }

  @Test
  void detailsAreToldOnlyIfTheyAreAskedFor() {
    assertThat(tells()).isFalse();
    assertThat(tells("showValidityPeriod=Y", "showFQDN=N", "responseFormat=0")).isFalse();
    assertThat(tells("showFQDN=Y")).isTrue();
    assertThat(tells("showExtStatus=Y")).isTrue();
    assertThat(tells("showStatusDetails=Y")).isTrue();
    assertThat(tells("showMDCDomainDetails=Y")).isTrue();
    assertThat(tells("showMDCDomainDetails2=Y")).isTrue();
    assertThat(tells("responseFormat=1")).isTrue();
    assertThat(tells("responseType=2", "responseEncoding=1")).isFalse();
    assertThat(tells("responseType=2", "responseEncoding=1", "showFQDN=Y")).isTrue();
  }

  @Test
  void theOrderNumberAloneTellsNothingOfTheValidation() {
    assertThat(layout("responseFormat=1").tellsValidation()).isFalse();
    assertThat(layout("responseFormat=1", "showFQDN=N").tellsValidation()).isFalse();
    assertThat(layout("responseFormat=1", "showValidityPeriod=Y").tellsValidation()).isTrue();
    assertThat(layout("responseFormat=1", "showFQDN=Y").tellsValidation()).isTrue();
    assertThat(layout("showFQDN=Y").tellsValidation()).isTrue();
    assertThat(layout("showValidityPeriod=Y").tellsValidation()).isFalse();
  }

  private static boolean tells(String... fields) {
    return layout(fields).tellsDetails();
  }

  private static ResponseLayout layout(String... fields) {
    List<String> all = new ArrayList<>(List.of("orderNumber=7", "queryType=1"));
    all.addAll(Arrays.asList(fields));
    return read(all.toArray(String[]::new)).layout();
  }

  private static List<String> names(Endpoint endpoint) {
    return Specification122.DIALECT.arguments().arguments(endpoint).stream()
        .<String>map(Argument::name)
        .toList();
  }

  private static CollectRequest read(String... fields) {
    List<FormField> all =
        new ArrayList<>(
            List.of(new FormField("loginName", "a"), new FormField("loginPassword", "b")));
    Arrays.stream(fields)
        .map(field -> field.split("=", 2))
        .forEach(field -> all.add(new FormField(field[0], field[1])));
    return (CollectRequest)
        new RequestReader(Specification122.DIALECT, Set.of())
            .read(COLLECT_SSL, new Transport(true, true), all);
  }
}
