package org.certcollect.cli.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.certcollect.admin.view.Fields;
import org.certcollect.cli.demo.DemoTour.DemoStep;
import org.certcollect.cli.output.Output;
import org.certcollect.cli.serve.Addresses;
import org.certcollect.protocol.StatusCode;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;

/**
 * The demo's first screen: the orders of the account "demo" by state, and four requests. With the
 * note that follows it, it fits a terminal of 80 columns and 24 rows.
 */
final class DemoScreen {
  private DemoScreen() {}

  /** Lines for a POSIX shell: commands, variables and comments. */
  static List<String> lines(DemoPlaces places) {
    Addresses addresses = places.server();
    List<String> lines = new ArrayList<>();
    String http = addresses.http().map(url -> " and " + url).orElse("");
    lines.add("# certcollect demo: " + addresses.https() + http);
    places.lines().forEach(line -> lines.add("# " + line));
    lines.add(
        "# Accounts: "
            + DemoAccount.ALL.stream()
                .map(account -> account.login() + " with password " + account.password())
                .collect(Collectors.joining(", ")));
    Output.table(Arrays.stream(OrderState.values()).map(DemoScreen::row).toList())
        .forEach(line -> lines.add(("# " + line).stripTrailing()));
    lines.add("# For a shell; `demo --all` prints more. -> is before the answer's first line.");
    lines.add("data=" + places.folder() + " # for other verbs: --data $data");
    lines.add("url=" + addresses.https() + "/products/download");
    lines.add("login='" + DemoAccount.DEMO.arguments() + "'");
    steps().forEach(step -> lines.addAll(step.commentAndCommand()));
    return lines;
  }

  private static List<DemoStep> steps() {
    String issued = "$login&orderNumber=" + DemoOrder.ISSUED_SSL.number();
    return List.of(
        step(
            "an order that is being processed",
            StatusCode.PROCESSING,
            "CollectSSL",
            "$login&orderNumber=" + first(OrderState.PROCESSING).number() + "&queryType=0"),
        step(
            "an issued certificate with its chain, as PEM",
            StatusCode.ATTACHED,
            "CollectSSL",
            issued + "&queryType=1"),
        step(
            "a client certificate by its collection code, without a login",
            StatusCode.ATTACHED,
            "CollectCCC",
            "collectionCode=" + DemoOrder.ISSUED_CCC.code().orElseThrow() + "&queryType=2"),
        step(
            "an order that does not exist",
            StatusCode.INVALID_ARGUMENT,
            "CollectSSL",
            "$login&orderNumber=4711&queryType=0"));
  }

  private static DemoStep step(String title, StatusCode answer, String endpoint, String arguments) {
    return new DemoStep(title, answer, "curl -sk $url/" + endpoint + " -d \"" + arguments + '"');
  }

  private static Fields row(OrderState state) {
    DemoOrder first = first(state);
    return new Fields()
        .add("state", first.stateWords())
        .add("answer", first.answer().code())
        .add("ssl orders", numbers(state, Product.SSL))
        .add("ccc orders", numbers(state, Product.CCC))
        .add(
            "code of the first",
            of(state, Product.CCC, order -> order.code().orElseThrow()).get(0));
  }

  private static DemoOrder first(OrderState state) {
    return of(state, Product.SSL, Function.identity()).get(0);
  }

  /**
   * The numbers of the orders in a state: the first and the last if there are no others between.
   */
  private static String numbers(OrderState state, Product product) {
    List<Long> all = of(state, product, DemoOrder::number);
    long last = all.get(all.size() - 1);
    return last - all.get(0) == all.size() - 1 && all.size() > 1
        ? all.get(0) + "-" + last
        : all.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static <T> List<T> of(OrderState state, Product product, Function<DemoOrder, T> value) {
    return DemoOrder.ALL.stream()
        .filter(order -> order.account().equals(DemoAccount.DEMO))
        .filter(order -> order.state() == state && order.product() == product)
        .map(value)
        .toList();
  }
}
