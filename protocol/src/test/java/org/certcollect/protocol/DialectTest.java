package org.certcollect.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.certcollect.protocol.CollectResult.Processing;
import org.certcollect.protocol.CollectResult.Refused;
import org.certcollect.protocol.form.FormField;
import org.junit.jupiter.api.Test;

/**
 * The classes of this package with a small dialect of the test's own, which wants what
 * specification 1.06 does not have: another layout for every answer, refusals included, a text that
 * names an unrecognised argument, a line after the data, and an argument that is required if
 * another is absent.
 */
class DialectTest {
  private static final Set<Endpoint> BOTH = Set.of(Endpoint.values());

  private static final Argument<OrderNumber> ORDER =
      Argument.optional("order", BOTH, OrderNumber::parse)
          .requiredIf(values -> !values.has(DialectTest.CODE));

  private static final Argument<CollectionCode> CODE =
      Argument.optional("code", BOTH, CollectionCode::parse);

  private static final Argument<Boolean> ENCODED =
      Argument.optional("encoded", BOTH, text -> Optional.of(text.equals("1"))).withDefault(false);

  private static final Argument<QueryType> QUERY =
      Argument.optional("query", BOTH, QueryType::parse)
          .withDefault(QueryType.STATUS)
          .onlyIf((query, others) -> query == QueryType.STATUS || others.has(ORDER));

  /** CollectSSL does not know it. */
  private static final Argument<String> MARK =
      Argument.optional("mark", Set.of(Endpoint.COLLECT_CCC), Optional::of);

  private static final RequestReader READER = new RequestReader(new Small(), BOTH);

  @Test
  void theLayoutOfARefusalIsDecidedBeforeAnyCheck() {
    assertThat(answer(new Transport(false, true), "encoded=1")).isEqualTo("code=-1&name=");
    assertThat(answer("encoded=1", "other=2")).isEqualTo("code=-2&name=other");
    assertThat(answer("encoded=1")).isEqualTo("code=-3&name=order");
    assertThat(answer("encoded=1", "order=x")).isEqualTo("code=-4&name=order");
    assertThat(answer("order=x")).isEqualTo("-4 order\n");
    assertThat(answer("encoded=1", "encoded=2", "order=x")).isEqualTo("-4 order\n");
  }

  @Test
  void anUnrecognisedArgumentIsNamedAsItWasSent() {
    assertThat(answer("order=1", "b&d=1", "c=2", "encoded=1")).isEqualTo("code=-2&name=b%26d");
  }

  @Test
  void anArgumentCanBeRequiredForLackOfAnother() {
    assertThat(answer("query=0")).isEqualTo("-3 order\n");
    assertThat(answer("code=c")).isEqualTo("0\nend\n");
  }

  @Test
  void aRuleMayLookAtAnotherArgument() {
    assertThat(answer("code=c", "query=1")).isEqualTo("-4 query\n");
    assertThat(answer("order=1", "query=1")).isEqualTo("0\nend\n");
  }

  @Test
  void aValueOfTheRequestIsTyped() {
    ArgumentValues values = values("order=7", "query=2");
    assertThat(values.parse(ORDER)).isTrue();
    assertThat(values.parse(QUERY)).isTrue();
    assertThat(values.get(ORDER)).isEqualTo(new OrderNumber(7));
    assertThat(values.get(QUERY)).isEqualTo(QueryType.END_ENTITY);
    assertThat(values.get(ENCODED)).isFalse();
  }

  @Test
  void aValueThatIsNotParsedCannotBeHad() {
    ArgumentValues values = values("query=1");
    assertThatIllegalStateException().isThrownBy(() -> values.get(QUERY));
    assertThatIllegalStateException().isThrownBy(() -> values.get(ORDER));
  }

  @Test
  void contradictoryArgumentsHaveNoValueToPeekAt() {
    assertThat(values("code=a").peek(CODE)).contains(new CollectionCode("a"));
    assertThat(values("code=a", "code=a", "code=").peek(CODE)).contains(new CollectionCode("a"));
    assertThat(values("code=a", "code=b").peek(CODE)).isEmpty();
    assertThat(values("code=").peek(CODE)).isEmpty();
    assertThat(values("code=").has(CODE)).isFalse();
  }

  @Test
  void aForeignArgumentIsAbsentButCanBePeekedAt() {
    ArgumentValues values = values("order=7", "mark=1", "mark=1");
    assertThat(values.has(MARK)).isFalse();
    assertThat(values.peek(MARK)).contains("1");
    assertThat(values.unrecognised()).contains("mark");
  }

  private static ArgumentValues values(String... fields) {
    return new ArgumentValues(new Small().arguments(), Endpoint.COLLECT_SSL, fields(fields));
  }

  private static String answer(String... fields) {
    return answer(new Transport(true, true), fields);
  }

  private static String answer(Transport transport, String... fields) {
    Reading reading = READER.read(Endpoint.COLLECT_SSL, transport, fields(fields));
    CollectResponse response =
        reading instanceof RefusedRequest refused
            ? refused.response()
            : reading.layout().write(new Processing());
    return new String(response.body(), ISO_8859_1);
  }

  private static List<FormField> fields(String... fields) {
    List<FormField> all = new ArrayList<>();
    Arrays.stream(fields)
        .map(field -> field.split("=", 2))
        .forEach(field -> all.add(new FormField(field[0], field[1])));
    return all;
  }

  /** The dialect. */
  private static final class Small implements Dialect {
    private final ArgumentTable table =
        new ArgumentTable(List.of(ORDER, CODE, ENCODED, QUERY, MARK));

    @Override
    public ArgumentTable arguments() {
      return table;
    }

    @Override
    public boolean allowsPlainHttp(ArgumentValues values) {
      return false;
    }

    @Override
    public ResponseLayout layoutOfRefusal(ArgumentValues values) {
      return values.peek(ENCODED).equals(Optional.of(true)) ? Small::encoded : Small::lines;
    }

    @Override
    public RefusedRequest refusal(Refused reason, ArgumentValues values) {
      return new RefusedRequest(
          reason, layoutOfRefusal(values), Optional.empty(), Optional.empty());
    }

    @Override
    public CollectRequest request(Endpoint endpoint, ArgumentValues values) {
      return new CollectRequest(
          endpoint,
          new CollectionCode("any"),
          CODE.name(),
          Optional.empty(),
          layoutOfRefusal(values));
    }

    private static CollectResponse lines(CollectResult result) {
      boolean refused = result instanceof Refused;
      String head = result.status().code() + (refused ? " " + name(result) : "") + "\n";
      return response(result, head, refused ? "" : "end\n");
    }

    private static CollectResponse encoded(CollectResult result) {
      String name = URLEncoder.encode(name(result), UTF_8);
      return response(result, "code=" + result.status().code() + "&name=" + name, "");
    }

    private static String name(CollectResult result) {
      return result instanceof Refused refused ? refused.argument().orElse("") : "";
    }

    private static CollectResponse response(CollectResult result, String head, String tail) {
      return new CollectResponse(
          result.status(), MediaType.TEXT_PLAIN, head, EncodedCertificates.NONE, tail);
    }
  }
}
