package org.certcollect.protocol.v122;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.protocol.v106.Arguments106.SHOW_VALIDITY_PERIOD;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.certcollect.protocol.Argument;
import org.certcollect.protocol.CollectResponse;
import org.certcollect.protocol.CollectResult;
import org.certcollect.protocol.CollectResult.Attached;
import org.certcollect.protocol.CollectResult.Available;
import org.certcollect.protocol.CollectResult.Period;
import org.certcollect.protocol.CollectResult.Processing;
import org.certcollect.protocol.CollectResult.Refused;
import org.certcollect.protocol.EncodedCertificates;
import org.certcollect.protocol.Law;
import org.certcollect.protocol.OrderDetails;
import org.certcollect.protocol.OrderDetails.CertificateStatus;
import org.certcollect.protocol.OrderDetails.CheckProgress;
import org.certcollect.protocol.OrderDetails.DomainDetails;
import org.certcollect.protocol.OrderDetails.ValidationCheck;
import org.certcollect.protocol.OrderDetails.ValidationStatus;
import org.certcollect.protocol.OrderNumber;
import org.certcollect.protocol.StatusCode;
import org.certcollect.protocol.format.ChainPart;
import org.certcollect.protocol.format.IssuedFixtures;
import org.certcollect.protocol.v106.ResponseType;

/** URL-encoded answers, read by a parser of the test's own (WHATWG URL, section 5.1). */
class UrlEncodedAnswerLawsTest {
  private static final List<Argument<Boolean>> FLAGS =
      List.of(
          SHOW_VALIDITY_PERIOD,
          Arguments122.SHOW_FQDN,
          Arguments122.SHOW_EXT_STATUS,
          Arguments122.SHOW_STATUS_DETAILS,
          Arguments122.SHOW_DOMAINS,
          Arguments122.SHOW_DOMAINS_2);

  private record Field(String name, String value) {}

  @Law
  void everyAnswerBeginsWithItsStatusAndIsOneLineOfPlainCharacters(
      @ForAll("results") CollectResult result, @ForAll("shown") Set<Argument<Boolean>> shown) {
    CollectResponse response = new UrlEncoded122(List.copyOf(shown)).write(result);
    String body = new String(response.body(), ISO_8859_1);
    assertThat(body).matches("[A-Za-z0-9*._+%=&-]+");
    List<Field> fields = parse(body);
    assertThat(fields.get(0)).isEqualTo(new Field("errorCode", "" + result.status().code()));
    assertThat(fields).noneMatch(field -> field.name().isEmpty());
    assertThat(fields.stream().map(Field::name).distinct()).hasSameSizeAs(fields);
    assertThat(fields)
        .filteredOn(field -> field.value().isEmpty())
        .allMatch(field -> field.name().equals("fqdn"));
  }

  @Law
  void whatIsShownIsWhatIsKnown(
      @ForAll("details") OrderDetails details, @ForAll("shown") Set<Argument<Boolean>> shown) {
    Period year = new Period(Instant.EPOCH, Instant.EPOCH.plusSeconds(365 * 86_400L - 1));
    Map<String, String> fields =
        byName(
            new UrlEncoded122(List.copyOf(shown)).write(new Available(year, Optional.of(details))));
    assertThat(fields).containsEntry("orderNumber", details.orderNumber().toString());
    assertThat(fields.containsKey("fqdn")).isEqualTo(shown.contains(Arguments122.SHOW_FQDN));
    assertThat(fields.getOrDefault("fqdn", details.fqdn().orElse("")))
        .isEqualTo(details.fqdn().orElse(""));
    assertThat(fields.getOrDefault("certificateDuration", "365")).isEqualTo("365");
    assertThat(fields.containsKey("notBefore")).isEqualTo(shown.contains(SHOW_VALIDITY_PERIOD));
    if (fields.containsKey("mdcDomainDetails")) {
      assertThat(
              Arrays.stream(fields.get("mdcDomainDetails").split(";", -1))
                  .map(d -> d.split(",", -1)[0]))
          .containsExactlyElementsOf(details.domains().stream().map(DomainDetails::name).toList());
    }
    assertThat(fields.values())
        .noneMatch(value -> value.toLowerCase(Locale.ROOT).contains("not validated"));
  }

  @Law
  void theTextOfARefusalComesBackAsItIs(
      @ForAll("names") String name, @ForAll("shown") Set<Argument<Boolean>> shown) {
    Refused refused = Refused.of(StatusCode.UNRECOGNISED_ARGUMENT, name);
    Map<String, String> fields = byName(new UrlEncoded122(List.copyOf(shown)).write(refused));
    assertThat(fields).containsOnlyKeys("errorCode", "errorMessage");
    assertThat(fields).containsEntry("errorMessage", "'" + name + "' is an unrecognised argument!");
  }

  @Law
  void base64ComesBackAsItIs(@ForAll byte[] bytes) {
    String base64 = Base64.getEncoder().encodeToString(bytes);
    assertThat(parse("a=b" + UrlEncoded122.field("zipFile", base64)))
        .containsExactly(new Field("a", "b"), new Field("zipFile", base64));
  }

  @Provide
  Arbitrary<CollectResult> results() {
    Period period = new Period(Instant.EPOCH, Instant.EPOCH.plusSeconds(1));
    EncodedCertificates certificate =
        new CertificateForm122(
                ChainPart.END_ENTITY, ResponseType.INDIVIDUALLY, Notation.URL_ENCODED)
            .encode(IssuedFixtures.of("chain-3", 1));
    Arbitrary<CollectResult> good =
        details()
            .flatMap(
                details ->
                    Arbitraries.of(
                        new Attached(period, certificate, Optional.of(details)),
                        new Available(period, Optional.of(details)),
                        new Processing(Optional.of(details))));
    Arbitrary<CollectResult> refused =
        Arbitraries.of(StatusCode.class)
            .filter(status -> status.code() < 0)
            .flatMap(status -> names().map(name -> Refused.of(status, name)));
    return Arbitraries.oneOf(good, refused);
  }

  @Provide
  Arbitrary<Set<Argument<Boolean>>> shown() {
    return Arbitraries.of(FLAGS).set().map(HashSet::new);
  }

  /** Printable ASCII. */
  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(128);
  }

  @Provide
  Arbitrary<OrderDetails> details() {
    Arbitrary<String> name =
        Arbitraries.strings().alpha().numeric().withChars(".-*_").ofMinLength(1).ofMaxLength(60);
    Arbitrary<DomainDetails> domain =
        Combinators.combine(name, Arbitraries.of(CheckProgress.class)).as(DomainDetails::new);
    return Combinators.combine(
            Arbitraries.longs().between(1, Long.MAX_VALUE).map(OrderNumber::new),
            name.optional(),
            Arbitraries.of(CertificateStatus.class),
            Arbitraries.of(ValidationStatus.class),
            Arbitraries.maps(
                Arbitraries.of(ValidationCheck.class), Arbitraries.of(CheckProgress.class)),
            domain.list().ofMaxSize(5))
        .as(
            (number, fqdn, status, validation, checks, domains) ->
                new OrderDetails(
                    number, fqdn, status, validation, checks, domains, Optional.empty()));
  }

  private static Map<String, String> byName(CollectResponse response) {
    Map<String, String> fields = new HashMap<>();
    parse(new String(response.body(), ISO_8859_1)).forEach(f -> fields.put(f.name(), f.value()));
    return fields;
  }

  private static List<Field> parse(String body) {
    return Arrays.stream(body.split("&", -1))
        .map(pair -> pair.split("=", 2))
        .map(pair -> new Field(decoded(pair[0]), decoded(pair[1])))
        .toList();
  }

  private static String decoded(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        bytes.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.write(c == '+' ? ' ' : c);
      }
    }
    return bytes.toString(UTF_8);
  }
}
