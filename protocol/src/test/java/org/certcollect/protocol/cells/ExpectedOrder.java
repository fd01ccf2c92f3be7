package org.certcollect.protocol.cells;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The details of a {@link LaterOrder} in answers, typed by hand from docs/protocol.md, section 8.
 *
 * @param fixture the chain that was issued; empty for none
 * @param period the two lines' days, and the seconds since 1970
 */
record ExpectedOrder(
    String number,
    String fixture,
    String fqdn,
    String certificate,
    String validation,
    List<String> domains,
    List<String> checks,
    List<String> period,
    List<String> term) {

  private static final List<String> NONE = List.of();
  private static final List<String> VALIDATED = checks("1 1 -1 -1 -1");
  private static final List<String> PERIOD =
      List.of("14/05/2026 13/05/2027", "1778716800", "1810252799");
  private static final List<String> TERM = List.of("365", "1778716800", "1810252799", "365");

  private static final Map<String, ExpectedOrder> ORDERS =
      Map.ofEntries(
          issued("simple", "1236060", "chain-3", "www.example.com", "Issued"),
          issued("alone", "1236061", "chain-1", "selfsigned.example.com", "Issued"),
          issued("without-name", "1236062", "no-dns-name", "", "Issued"),
          Map.entry(
              "expired",
              new ExpectedOrder(
                  "1236063",
                  "expired",
                  "old.example.com",
                  "Expired",
                  "Validated",
                  NONE,
                  VALIDATED,
                  List.of("14/05/2003 13/05/2004", "1052870400", "1084492799"),
                  List.of("366", "1052870400", "1084492799", "366"))),
          pending(
              "pending", "1236064", "Awaiting Validation", "Awaiting Validation", "1 0 -1 -1 -1"),
          Map.entry(
              "branded",
              new ExpectedOrder(
                  "1236065",
                  "",
                  "www.example.com",
                  "Awaiting Validation",
                  "Awaiting Brand Validation",
                  NONE,
                  and("1 1 -1 2 -1", "brandValStatus=0"),
                  NONE,
                  NONE)),
          pending("in-the-making", "1236066", "Processing", "Validated", "1 1 -1 -1 -1"),
          Map.entry(
              "several-names",
              new ExpectedOrder(
                  "1236067",
                  "",
                  "www.example.com",
                  "Awaiting Validation",
                  "Awaiting Validation",
                  List.of(
                      "www.example.com\tValidated",
                      "example.com\tAwaiting Validation",
                      "mail.example.com\tAwaiting Validation"),
                  checks("1 0 -1 -1 -1"),
                  NONE,
                  NONE)),
          Map.entry(
              "extended",
              new ExpectedOrder(
                  "1236068",
                  "chain-3",
                  "www.example.com",
                  "Issued",
                  "Validated",
                  NONE,
                  and("1 1 1 1 -1", "evClickThroughStatus=1", "caaStatus=1"),
                  PERIOD,
                  List.of("365", "1778716800", "1841875199", "731"))),
          issued("reissued", "1236069", "chain-3", "www.example.com", "Issued"),
          issued("reissued-first", "1236069", "chain-2", "www.example.com", "Replaced"),
          pending("in-reissue", "1236070", "Processing", "Validated", "1 1 -1 -1 -1"),
          issued("in-reissue-first", "1236070", "chain-3", "www.example.com", "Issued"));

  /** The order that the name of a cell tells; the simple one if it names none. */
  static ExpectedOrder of(String name) {
    String slug = name.replaceFirst(".*/(?:shown|numbers)/([a-z-]+),.*", "$1");
    if (name.contains("/form-alone/")) {
      slug = "alone";
    } else if (name.matches(".*/numbers/.*(certificateID-|all-three).*")) {
      boolean newest = name.matches(".*(-last|all-three).*") && slug.equals("reissued");
      slug = newest ? slug : slug + "-first";
    }
    return ORDERS.getOrDefault(slug, ORDERS.get("simple"));
  }

  private static Map.Entry<String, ExpectedOrder> issued(
      String slug, String number, String fixture, String fqdn, String status) {
    return Map.entry(
        slug,
        new ExpectedOrder(
            number, fixture, fqdn, status, "Validated", NONE, VALIDATED, PERIOD, TERM));
  }

  private static Map.Entry<String, ExpectedOrder> pending(
      String slug, String number, String status, String validation, String checks) {
    return Map.entry(
        slug,
        new ExpectedOrder(
            number, "", "www.example.com", status, validation, NONE, checks(checks), NONE, NONE));
  }

  private static List<String> and(String first, String... more) {
    return Stream.concat(checks(first).stream(), Stream.of(more)).toList();
  }

  private static List<String> checks(String numbers) {
    String[] each = numbers.split(" ", -1);
    return List.of(
        "csrStatus=" + each[0],
        "dcvStatus=" + each[1],
        "ovCallBackStatus=" + each[2],
        "organizationValidationStatus=" + each[3],
        "freeDVUPStatus=" + each[4]);
  }
}
