package org.certcollect.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.certcollect.protocol.CollectResult.Refused;
import org.certcollect.protocol.form.FormField;
import org.certcollect.protocol.v106.Specification106;
import org.certcollect.protocol.v122.Specification122;

class RequestReaderLawsTest {
  private static final Dialect EARLIER = Specification106.DIALECT;
  private static final Dialect LATER = Specification122.DIALECT;
  private static final Set<StatusCode> OF_THE_REQUEST =
      Set.of(
          StatusCode.NOT_HTTPS,
          StatusCode.NOT_POST,
          StatusCode.UNRECOGNISED_ARGUMENT,
          StatusCode.MISSING_ARGUMENT,
          StatusCode.INVALID_ARGUMENT);

  @Provide
  Arbitrary<Dialect> dialects() {
    return Arbitraries.of(EARLIER, LATER);
  }

  /** Mostly right requests, with some fields dropped and some more of any kind. */
  @Provide
  Arbitrary<List<FormField>> fields() {
    List<FormField> right =
        List.of(
            new FormField("loginName", "a"),
            new FormField("loginPassword", "b"),
            new FormField("orderNumber", "1"),
            new FormField("queryType", "1"));
    Arbitrary<Set<Integer>> dropped = Arbitraries.integers().between(0, 15).set().ofMaxSize(3);
    return Combinators.combine(dropped, field().list().ofMaxSize(4))
        .as(
            (without, more) -> {
              List<FormField> all = new ArrayList<>();
              for (int i = 0; i < right.size(); i++) {
                if (!without.contains(i)) {
                  all.add(right.get(i));
                }
              }
              all.addAll(more);
              return all;
            });
  }

  private static Arbitrary<FormField> field() {
    Arbitrary<String> names =
        Arbitraries.frequencyOf(
            Tuple.of(20, Arbitraries.of(names())),
            Tuple.of(1, Arbitraries.of("", "other", "QUERYTYPE", "querytype ")),
            Tuple.of(1, Arbitraries.strings().ofMaxLength(5)));
    Arbitrary<String> values =
        Arbitraries.frequencyOf(
            Tuple.of(
                20, Arbitraries.of("", "0", "1", "1", "2", "3", "01", "Y", "N", "a", "text/plain")),
            Tuple.of(1, Arbitraries.strings().ofMaxLength(200)));
    return Combinators.combine(names, values).as(FormField::new);
  }

  @Law
  void anyFieldsAreARequestOrFailOneOfTheFirstFiveChecks(
      @ForAll("dialects") Dialect dialect,
      @ForAll("fields") List<FormField> fields,
      @ForAll Endpoint endpoint,
      @ForAll boolean secure,
      @ForAll boolean post) {
    Reading reading = reader(dialect).read(endpoint, new Transport(secure, post), fields);
    if (reading instanceof RefusedRequest refused) {
      assertThat(refused.reason().status()).isIn(OF_THE_REQUEST);
      assertThat(refused.reason().argument().isPresent())
          .isEqualTo(
              refused.reason().status() != StatusCode.NOT_HTTPS
                  && refused.reason().status() != StatusCode.NOT_POST);
    } else {
      assertThat(post).isTrue();
      assertThat(secure || ((CollectRequest) reading).claim() instanceof CollectionCode).isTrue();
    }
  }

  @Law
  void theOrderOfTheFieldsDoesNotMatter(
      @ForAll("dialects") Dialect dialect,
      @ForAll("fields") List<FormField> fields,
      @ForAll Endpoint endpoint,
      @ForAll long seed) {
    List<FormField> shuffled = new ArrayList<>(fields);
    Collections.shuffle(shuffled, new Random(seed));
    Reading reading = read(dialect, endpoint, fields);
    assertThat(read(dialect, endpoint, shuffled)).isEqualTo(reading);
  }

  @Law
  void everyFieldTwiceIsEveryFieldOnce(
      @ForAll("dialects") Dialect dialect,
      @ForAll("fields") List<FormField> fields,
      @ForAll Endpoint endpoint) {
    List<FormField> twice = new ArrayList<>(fields);
    twice.addAll(fields);
    assertThat(read(dialect, endpoint, twice)).isEqualTo(read(dialect, endpoint, fields));
  }

  @Law
  void theCaseOfNamesDoesNotMatter(
      @ForAll("dialects") Dialect dialect,
      @ForAll("fields") List<FormField> fields,
      @ForAll Endpoint endpoint) {
    assertThat(read(dialect, endpoint, withNamesIn(fields, String::toUpperCase)))
        .isEqualTo(read(dialect, endpoint, withNamesIn(fields, String::toLowerCase)));
  }

  @Law
  void knownFieldsWithoutAValueDoNotMatter(
      @ForAll("dialects") Dialect dialect,
      @ForAll("fields") List<FormField> fields,
      @ForAll Endpoint endpoint) {
    List<FormField> more = new ArrayList<>(fields);
    dialect.arguments().arguments(endpoint).forEach(a -> more.add(new FormField(a.name(), "")));
    assertThat(read(dialect, endpoint, more)).isEqualTo(read(dialect, endpoint, fields));
  }

  /** ASCII names alone: beyond, cases are letters of their own. */
  private static List<FormField> withNamesIn(
      List<FormField> fields, BiFunction<String, Locale, String> fold) {
    return fields.stream()
        .filter(field -> field.name().chars().allMatch(c -> c < 128))
        .map(field -> new FormField(fold.apply(field.name(), Locale.ROOT), field.value()))
        .toList();
  }

  /** Reads a request. The name in a refusal, which stands there as it was sent, is left out. */
  private static Reading read(Dialect dialect, Endpoint endpoint, List<FormField> fields) {
    Reading reading = reader(dialect).read(endpoint, new Transport(true, true), fields);
    return reading instanceof RefusedRequest refused
            && refused.reason().status() == StatusCode.UNRECOGNISED_ARGUMENT
        ? new RefusedRequest(
            Refused.of(StatusCode.UNRECOGNISED_ARGUMENT),
            refused.layout(),
            refused.login(),
            refused.order())
        : reading;
  }

  /** The one thing not to miss: a client takes an answer without it for success. */
  @Law
  void anAnswerToARequestForTheUrlEncodedFormBeginsWithAnErrorCode(
      @ForAll("fields") List<FormField> fields,
      @ForAll Endpoint endpoint,
      @ForAll boolean secure,
      @ForAll boolean post) {
    List<FormField> all = new ArrayList<>(fields);
    all.removeIf(field -> field.name().equalsIgnoreCase("responseFormat"));
    all.add(new FormField("responseFormat", "1"));
    Reading reading = reader(LATER).read(endpoint, new Transport(secure, post), all);
    CollectResponse response =
        reading instanceof RefusedRequest refused
            ? refused.response()
            : reading.layout().write(Refused.of(StatusCode.UNKNOWN_ERROR));
    CollectResponse failed =
        reader(LATER).layoutOfFailure(endpoint, all).write(Refused.of(StatusCode.UNKNOWN_ERROR));
    assertThat(response.head()).matches("errorCode=-\\d+&errorMessage=[A-Za-z0-9+%._*-]+");
    assertThat(response.contentType().value()).isEqualTo("application/x-www-form-urlencoded");
    assertThat(failed.head()).startsWith("errorCode=-14&");
  }

  private static RequestReader reader(Dialect dialect) {
    return new RequestReader(dialect, Set.of());
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>();
    LATER.arguments().arguments().forEach(a -> names.add(a.name()));
    return names;
  }
}
