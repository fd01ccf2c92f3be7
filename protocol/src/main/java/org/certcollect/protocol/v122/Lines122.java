package org.certcollect.protocol.v122;

import static java.util.stream.Collectors.joining;
import static org.certcollect.protocol.v106.Arguments106.SHOW_VALIDITY_PERIOD;
import static org.certcollect.protocol.v122.Arguments122.SHOW_DOMAINS;
import static org.certcollect.protocol.v122.Arguments122.SHOW_DOMAINS_2;
import static org.certcollect.protocol.v122.Arguments122.SHOW_EXT_STATUS;
import static org.certcollect.protocol.v122.Arguments122.SHOW_FQDN;
import static org.certcollect.protocol.v122.Arguments122.SHOW_STATUS_DETAILS;

import java.util.ArrayList;
import java.util.List;
import org.certcollect.protocol.Argument;
import org.certcollect.protocol.CollectResponse;
import org.certcollect.protocol.CollectResult;
import org.certcollect.protocol.CollectResult.Attached;
import org.certcollect.protocol.CollectResult.Refused;
import org.certcollect.protocol.EncodedCertificates;
import org.certcollect.protocol.MediaType;
import org.certcollect.protocol.OrderDetails;
import org.certcollect.protocol.ResponseLayout;
import org.certcollect.protocol.v106.Layout106;

/**
 * The layout of an answer in lines (docs/protocol.md, section 8.1). Items are joined by LF. A block
 * of certificates ends with one of its own, so an empty line follows it, unless it is the last.
 *
 * @param contentType the type of an answer with a status above 0
 * @param shown the {@code show...} arguments that are {@code Y}
 */
record Lines122(MediaType contentType, List<Argument<Boolean>> shown) implements ResponseLayout {
  /** The layout of the answer to a request that asks for nothing in particular. */
  static final Lines122 DEFAULT = new Lines122(MediaType.TEXT_PLAIN, List.of());

  Lines122 {
    shown = List.copyOf(shown);
  }

  @Override
  public boolean tellsDetails() {
    return shown.size() > (shown.contains(SHOW_VALIDITY_PERIOD) ? 1 : 0);
  }

  @Override
  public CollectResponse write(CollectResult result) {
    if (result instanceof Refused refused) {
      String lines = refused.status().code() + "\n" + Messages122.of(refused) + "\n";
      return new CollectResponse(
          refused.status(), MediaType.TEXT_PLAIN, lines, EncodedCertificates.NONE, "");
    }
    CollectResponse plain =
        new Layout106(contentType, false, shown.contains(SHOW_VALIDITY_PERIOD)).write(result);
    if (!tellsDetails()) {
      return plain;
    }
    OrderDetails details = result.details().orElseThrow();
    String fqdn = shown.contains(SHOW_FQDN) ? details.fqdn().orElse("") + "\n" : "";
    String last = last(details).stream().map(line -> line + "\n").collect(joining());
    String gap = result instanceof Attached && !last.isEmpty() ? "\n" : "";
    return new CollectResponse(
        plain.status(), plain.contentType(), plain.head() + fqdn, plain.data(), gap + last);
  }

  /** The lines after the certificates. */
  private List<String> last(OrderDetails details) {
    List<String> lines = new ArrayList<>();
    if (shown.contains(SHOW_EXT_STATUS)) {
      lines.add(Texts122.of(details.certificateStatus()));
      lines.add(Texts122.of(details.validation()));
    }
    if (shown.contains(SHOW_DOMAINS) || shown.contains(SHOW_DOMAINS_2)) {
      details
          .domains()
          .forEach(domain -> lines.add(domain.name() + "\t" + Texts122.statusOf(domain)));
    }
    if (shown.contains(SHOW_STATUS_DETAILS)) {
      Texts122.checks(details).forEach((key, number) -> lines.add(key + "=" + number));
    }
    return lines;
  }
}
