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

class RequestReaderLawsTest {
  private static final RequestReader READER = new RequestReader(Specification106.DIALECT, Set.of());
  private static final Set<StatusCode> OF_THE_REQUEST =
      Set.of(
          StatusCode.NOT_HTTPS,
          StatusCode.NOT_POST,
          StatusCode.UNRECOGNISED_ARGUMENT,
          StatusCode.MISSING_ARGUMENT,
          StatusCode.INVALID_ARGUMENT);

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
      @ForAll("fields") List<FormField> fields,
      @ForAll Endpoint endpoint,
      @ForAll boolean secure,
      @ForAll boolean post) {
    Reading reading = READER.read(endpoint, new Transport(secure, post), fields);
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
      @ForAll("fields") List<FormField> fields, @ForAll Endpoint endpoint, @ForAll long seed) {
    List<FormField> shuffled = new ArrayList<>(fields);
    Collections.shuffle(shuffled, new Random(seed));
    Reading reading = read(endpoint, fields);
    assertThat(read(endpoint, shuffled)).isEqualTo(reading);
  }

  @Law
  void everyFieldTwiceIsEveryFieldOnce(
      @ForAll("fields") List<FormField> fields, @ForAll Endpoint endpoint) {
    List<FormField> twice = new ArrayList<>(fields);
    twice.addAll(fields);
    assertThat(read(endpoint, twice)).isEqualTo(read(endpoint, fields));
  }

  @Law
  void theCaseOfNamesDoesNotMatter(
      @ForAll("fields") List<FormField> fields, @ForAll Endpoint endpoint) {
    assertThat(read(endpoint, withNamesIn(fields, String::toUpperCase)))
        .isEqualTo(read(endpoint, withNamesIn(fields, String::toLowerCase)));
  }

  @Law
  void knownFieldsWithoutAValueDoNotMatter(
      @ForAll("fields") List<FormField> fields, @ForAll Endpoint endpoint) {
    List<FormField> more = new ArrayList<>(fields);
    Specification106.DIALECT
        .arguments()
        .arguments(endpoint)
        .forEach(a -> more.add(new FormField(a.name(), "")));
    assertThat(read(endpoint, more)).isEqualTo(read(endpoint, fields));
  }

  /** ASCII names alone: beyond, cases are letters of their own. */
  private static List<FormField> withNamesIn(
      List<FormField> fields, BiFunction<String, Locale, String> fold) {
    return fields.stream()
        .filter(field -> field.name().chars().allMatch(c -> c < 128))
        .map(field -> new FormField(fold.apply(field.name(), Locale.ROOT), field.value()))
        .toList();
  }

  /**
   * Of several unrecognised names a refusal has the first as it was sent: it does not count here.
   */
  private static Reading read(Endpoint endpoint, List<FormField> fields) {
    Reading reading = READER.read(endpoint, new Transport(true, true), fields);
    return reading instanceof RefusedRequest refused
            && refused.reason().status() == StatusCode.UNRECOGNISED_ARGUMENT
        ? new RefusedRequest(Refused.of(StatusCode.UNRECOGNISED_ARGUMENT), refused.layout())
        : reading;
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>();
    Specification106.DIALECT.arguments().arguments().forEach(a -> names.add(a.name()));
    return names;
  }
}
