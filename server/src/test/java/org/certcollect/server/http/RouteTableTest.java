package org.certcollect.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.certcollect.server.http.RouteTable.Match;
import org.junit.jupiter.api.Test;

class RouteTableTest {
  private static final Route LIST = route("/orders", "GET");
  private static final Route ADD = route("/orders", "POST");
  private static final Route ISSUE = route("/orders/{number}/issue", "POST");
  private static final RouteTable TABLE =
      new RouteTable(List.of(LIST, ADD, ISSUE, route("/orders/new/issue", "GET")), () -> {});

  private static Route route(String path, String method) {
    return new Route(
        path, Set.of(method), method, 0, request -> new CompletableFuture<Route.Response>());
  }

  @Test
  void aPathMayHaveARowForEachMethod() {
    List<Match> found = TABLE.find("/orders");

    assertThat(found).extracting(Match::route).containsExactly(LIST, ADD);
    assertThat(RouteTable.allowed(found)).isEqualTo("GET, POST");
  }

  @Test
  void aParameterIsOneDecodedSegment() {
    assertThat(TABLE.find("/orders/a%2Fb+%C3%BC/issue"))
        .containsExactly(new Match(ISSUE, Map.of("number", "a/b+\u00fc")));
    assertThat(TABLE.find("/orders/%zz/issue"))
        .containsExactly(new Match(ISSUE, Map.of("number", "%zz")));
  }

  @Test
  void anEmptySegmentAndOtherNumbersOfSegmentsAreUnknownPaths() {
    assertThat(TABLE.find("/orders//issue")).isEmpty();
    assertThat(TABLE.find("/orders/1/2/issue")).isEmpty();
    assertThat(TABLE.find("/orders/1/issue/")).isEmpty();
    assertThat(TABLE.find("/orders/")).isEmpty();
    assertThat(TABLE.find("/orders/{number}/issue")).hasSize(1);
  }

  @Test
  void aPathWithoutParametersGoesFirst() {
    assertThat(TABLE.find("/orders/new/issue"))
        .singleElement()
        .satisfies(match -> assertThat(match.route().methods()).containsExactly("GET"));
  }
}
