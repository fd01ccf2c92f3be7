package org.certcollect.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.certcollect.admin.view.Fields;
import org.certcollect.cli.output.Output;
import org.certcollect.cli.serve.Addresses;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.StatusCode;
import org.certcollect.store.domain.Product;

/** All requests of the demo: one for each order, then formats and refusals. */
final class DemoTour {
  private static final String CHAIN = "&queryType=1&responseType=3";
  private static final String STATUS = "&queryType=0";

  private final DemoPlaces places;
  private final Addresses addresses;
  private final List<DemoStep> steps = new ArrayList<>();

  /**
   * @param reissued the id of the certificate that is being reissued, for requests that only the
   *     later dialect takes; empty for none of these
   */
  DemoTour(DemoPlaces places, OptionalLong reissued) {
    this.places = places;
    addresses = places.server();
    DemoOrder.ALL.forEach(this::order);
    formats();
    reissued.ifPresent(this::later);
    refusals();
  }

  List<DemoStep> steps() {
    return List.copyOf(steps);
  }

  /** The header and all requests, which can be pasted into a shell as a whole. */
  List<String> lines() {
    List<String> lines = header();
    for (DemoStep step : steps) {
      lines.add("");
      lines.addAll(step.commentAndCommand());
    }
    return lines;
  }

  /** Addresses, accounts and a table of the orders, as comments of a shell. */
  private List<String> header() {
    List<String> lines = new ArrayList<>();
    lines.add("certcollect demo, not for production");
    lines.add("");
    lines.addAll(places.lines());
    lines.add("One more e-mail: " + places.change());
    lines.add("");
    lines.addAll(addresses.urls());
    lines.add("");
    DemoAccount.ALL.forEach(
        account ->
            lines.add("account %s, password %s".formatted(account.login(), account.password())));
    lines.add("");
    lines.addAll(Output.table(DemoOrder.ALL.stream().map(DemoTour::fields).toList()));
    lines.add("");
    lines.add(
        "Each line below can be pasted into a shell. -> is followed by the first line of the");
    lines.add("answer. -k accepts the self-signed certificate. --dialect=1.22 adds requests.");
    lines.replaceAll(line -> ("# " + line).stripTrailing());
    return lines;
  }

  private static Fields fields(DemoOrder order) {
    return new Fields()
        .add("order", order.number())
        .add("account", order.account().login())
        .add("product", order.product().name().toLowerCase(Locale.ROOT))
        .add("state", order.stateWords())
        .add("answer", order.answer().code())
        .add("code", order.code())
        .add("certificate", order.certificate().map(DemoCertificate::title));
  }

  private void order(DemoOrder order) {
    Endpoint endpoint =
        order.product() == Product.SSL ? Endpoint.COLLECT_SSL : Endpoint.COLLECT_CCC;
    post(title(order), order.answer(), endpoint, login(order) + CHAIN);
    if (order.code().isPresent()) {
      post(
          "the same order by its collection code",
          order.answer(),
          Endpoint.COLLECT_CCC,
          byCode(order));
    }
  }

  private static String title(DemoOrder order) {
    return String.format(
        Locale.ROOT,
        "order %d of %s: %s%s",
        order.number(),
        order.account().login(),
        order.stateWords(),
        order.certificate().map(certificate -> ", " + certificate.title()).orElse(""));
  }

  private void formats() {
    String issued = login(DemoOrder.ISSUED_SSL);
    ssl(
        "can it be collected, and for how long is it valid",
        StatusCode.AVAILABLE,
        issued + STATUS + "&showValidityPeriod=Y");
    ssl("the end entity's certificate alone", StatusCode.ATTACHED, issued + "&queryType=2");
    ssl("the CA certificates alone", StatusCode.ATTACHED, issued + "&queryType=3");
    ssl("as PKCS#7", StatusCode.ATTACHED, issued + "&queryType=1&responseType=2");
    ssl(
        "as a Netscape certificate sequence",
        StatusCode.ATTACHED,
        issued + "&queryType=1&responseType=1");
    ssl("as a ZIP archive in base64", StatusCode.ATTACHED, issued + "&queryType=1&responseType=0");
    plainHttp(
        "plain HTTP is good enough for a collection code",
        StatusCode.ATTACHED,
        Endpoint.COLLECT_CCC,
        byCode(DemoOrder.ISSUED_CCC));
  }

  /** Requests with arguments of the later dialect. */
  private void later(long reissued) {
    ssl(
        "the certificate of the order under reissue, by its own id",
        StatusCode.ATTACHED,
        DemoAccount.DEMO.arguments() + "&certificateID=" + reissued + CHAIN);
    ssl(
        "an issued certificate with its domain name and status",
        StatusCode.AVAILABLE,
        login(DemoOrder.ISSUED_SSL) + STATUS + "&showFQDN=Y&showExtStatus=Y");
    ssl(
        "the progress of a validation and of each domain name",
        StatusCode.PROCESSING,
        login(DemoOrder.MULTI_DOMAIN)
            + STATUS
            + "&showExtStatus=Y&showMDCDomainDetails=Y&showStatusDetails=Y");
  }

  private void refusals() {
    String demo = DemoAccount.DEMO.arguments();
    ssl(
        "a wrong password",
        StatusCode.PERMISSION_DENIED,
        new DemoAccount(DemoOrder.ISSUED_SSL.account().login(), "guess").arguments()
            + number(DemoOrder.ISSUED_SSL)
            + STATUS);
    ssl(
        "an order that does not exist",
        StatusCode.INVALID_ARGUMENT,
        demo + "&orderNumber=4711" + STATUS);
    ssl(
        "an order of another account",
        StatusCode.INVALID_ARGUMENT,
        demo + number(DemoOrder.OF_OTHER) + STATUS);
    ssl("a missing argument", StatusCode.MISSING_ARGUMENT, demo + STATUS);
    ssl(
        "an argument that nobody knows",
        StatusCode.UNRECOGNISED_ARGUMENT,
        login(DemoOrder.ISSUED_SSL) + "&colour=red" + STATUS);
    String url = addresses.https() + Endpoint.COLLECT_SSL.path();
    steps.add(new DemoStep("GET instead of POST", StatusCode.NOT_POST, curl(url, "--get")));
    plainHttp(
        "plain HTTP with a password",
        StatusCode.NOT_HTTPS,
        Endpoint.COLLECT_SSL,
        login(DemoOrder.ISSUED_SSL) + STATUS);
  }

  private void ssl(String title, StatusCode answer, String arguments) {
    post(title, answer, Endpoint.COLLECT_SSL, arguments);
  }

  private void post(String title, StatusCode answer, Endpoint endpoint, String arguments) {
    post(title, answer, addresses.https() + endpoint.path(), arguments);
  }

  private void plainHttp(String title, StatusCode answer, Endpoint endpoint, String arguments) {
    addresses.http().ifPresent(http -> post(title, answer, http + endpoint.path(), arguments));
  }

  private void post(String title, StatusCode answer, String url, String arguments) {
    steps.add(new DemoStep(title, answer, curl(url, "--data '" + arguments + "'")));
  }

  private static String curl(String url, String options) {
    return "curl -sk %s %s".formatted(options, url);
  }

  private static String login(DemoOrder order) {
    return order.account().arguments() + number(order);
  }

  private static String number(DemoOrder order) {
    return "&orderNumber=" + order.number();
  }

  private static String byCode(DemoOrder order) {
    return "collectionCode=" + order.code().orElseThrow() + CHAIN;
  }

  /**
   * A request that the demo suggests.
   *
   * @param title the point of the request
   * @param answer the first line that comes back
   * @param command a line for a POSIX shell
   */
  record DemoStep(String title, StatusCode answer, String command) {
    /** The two lines for a shell: a comment that ends with the answer, and the command. */
    List<String> commentAndCommand() {
      return List.of("# " + title + " -> " + answer.code(), command);
    }

    Fields fields() {
      return new Fields().add("title", title).add("answer", answer.code()).add("command", command);
    }
  }
}
