package org.certcollect.protocol.v122;

import static org.certcollect.protocol.v106.Arguments106.QUERY_TYPE;
import static org.certcollect.protocol.v106.Arguments106.RESPONSE_MIME_TYPE;
import static org.certcollect.protocol.v106.Arguments106.RESPONSE_TYPE;
import static org.certcollect.protocol.v106.Arguments106.SHOW_VALIDITY_PERIOD;
import static org.certcollect.protocol.v122.Arguments122.BASE_ORDER_NUMBER;
import static org.certcollect.protocol.v122.Arguments122.CALLBACK_FUNCTION_NAME;
import static org.certcollect.protocol.v122.Arguments122.CERTIFICATE_ID;
import static org.certcollect.protocol.v122.Arguments122.COLLECTION_CODE;
import static org.certcollect.protocol.v122.Arguments122.LOGIN_NAME;
import static org.certcollect.protocol.v122.Arguments122.LOGIN_PASSWORD;
import static org.certcollect.protocol.v122.Arguments122.ORDER_NUMBER;
import static org.certcollect.protocol.v122.Arguments122.RESPONSE_ENCODING;
import static org.certcollect.protocol.v122.Arguments122.RESPONSE_FORMAT;
import static org.certcollect.protocol.v122.Arguments122.SHOW_DOMAINS;
import static org.certcollect.protocol.v122.Arguments122.SHOW_DOMAINS_2;
import static org.certcollect.protocol.v122.Arguments122.SHOW_EXT_STATUS;
import static org.certcollect.protocol.v122.Arguments122.SHOW_FQDN;
import static org.certcollect.protocol.v122.Arguments122.SHOW_STATUS_DETAILS;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.certcollect.protocol.Argument;
import org.certcollect.protocol.ArgumentTable;
import org.certcollect.protocol.ArgumentValues;
import org.certcollect.protocol.CertificateForm;
import org.certcollect.protocol.CollectRequest;
import org.certcollect.protocol.CollectResult.Refused;
import org.certcollect.protocol.Dialect;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.Login;
import org.certcollect.protocol.MediaType;
import org.certcollect.protocol.OrderNumber;
import org.certcollect.protocol.OrderReference;
import org.certcollect.protocol.OrderReference.Numbered;
import org.certcollect.protocol.RefusedRequest;
import org.certcollect.protocol.ResponseLayout;
import org.certcollect.protocol.v106.ResponseType;

/** The later versions of the protocol, as one dialect. */
public final class Specification122 implements Dialect {
  /** The one instance. */
  public static final Dialect DIALECT = new Specification122();

  private static final MediaType PKCS7 = MediaType.of("application/x-pkcs7-certificates");
  private static final MediaType ZIP = MediaType.of("application/zip");

  private static final List<Argument<Boolean>> FLAGS =
      List.of(
          SHOW_VALIDITY_PERIOD,
          SHOW_FQDN,
          SHOW_EXT_STATUS,
          SHOW_STATUS_DETAILS,
          SHOW_DOMAINS,
          SHOW_DOMAINS_2);

  private Specification122() {}

  @Override
  public ArgumentTable arguments() {
    return Arguments122.TABLE;
  }

  /** A request by collection code alone carries no password. */
  @Override
  public boolean allowsPlainHttp(ArgumentValues values) {
    return values.has(COLLECTION_CODE) && Arguments122.hasNothingOfALogin(values);
  }

  /**
   * A client that asks for a URL-encoded answer takes one without {@code errorCode} for success. So
   * it gets a URL-encoded refusal even from CollectCCC, which does not know the argument.
   */
  @Override
  public ResponseLayout layoutOfRefusal(ArgumentValues values) {
    if (values.peek(RESPONSE_FORMAT).equals(Optional.of(Notation.URL_ENCODED))) {
      return new UrlEncoded122(List.of());
    }
    return values.endpoint() == Endpoint.COLLECT_CCC
            && values.peek(RESPONSE_ENCODING).equals(Optional.of(Notation.JAVASCRIPT))
        ? new JavaScript122(JavaScript122.TEXT_JAVASCRIPT, values.peek(CALLBACK_FUNCTION_NAME))
        : Lines122.DEFAULT;
  }

  @Override
  public RefusedRequest refusal(Refused reason, ArgumentValues values) {
    return new RefusedRequest(
        reason,
        layoutOfRefusal(values),
        values.peek(LOGIN_NAME),
        values.peek(ORDER_NUMBER).map(OrderNumber::new));
  }

  @Override
  public CollectRequest request(Endpoint endpoint, ArgumentValues values) {
    Optional<CertificateForm> form =
        values
            .get(QUERY_TYPE)
            .part()
            .map(part -> new CertificateForm122(part, values.get(RESPONSE_TYPE), notation(values)));
    ResponseLayout layout = layout(values);
    if (values.has(COLLECTION_CODE)) {
      return new CollectRequest(
          endpoint, values.get(COLLECTION_CODE), COLLECTION_CODE.name(), form, layout);
    }
    List<OrderReference> order = new ArrayList<>(1);
    add(Numbered.ORDER, ORDER_NUMBER, values, order);
    add(Numbered.CERTIFICATE, CERTIFICATE_ID, values, order);
    add(Numbered.BASE_ORDER, BASE_ORDER_NUMBER, values, order);
    Login login = new Login(values.get(LOGIN_NAME), values.get(LOGIN_PASSWORD), order);
    return new CollectRequest(endpoint, login, order.get(0).argument(), form, layout);
  }

  private static void add(
      Numbered numbered, Argument<Long> argument, ArgumentValues values, List<OrderReference> to) {
    if (values.has(argument)) {
      to.add(new OrderReference(numbered, values.get(argument), argument.name()));
    }
  }

  /** The encoding goes before the format, which is about text. */
  private static Notation notation(ArgumentValues values) {
    Notation encoding = values.get(RESPONSE_ENCODING);
    return encoding == Notation.TEXT ? values.get(RESPONSE_FORMAT) : encoding;
  }

  private static ResponseLayout layout(ArgumentValues values) {
    return switch (values.get(RESPONSE_ENCODING)) {
      case TEXT, URL_ENCODED -> text(values);
      case BINARY -> {
        MediaType type = values.get(RESPONSE_TYPE) == ResponseType.ZIP ? ZIP : PKCS7;
        yield new Binary122(
            values.endpoint() == Endpoint.COLLECT_SSL ? type : values.get(RESPONSE_MIME_TYPE),
            text(values));
      }
      case JAVASCRIPT ->
          new JavaScript122(
              contentType(values, JavaScript122.TEXT_JAVASCRIPT),
              values.peek(CALLBACK_FUNCTION_NAME));
    };
  }

  private static ResponseLayout text(ArgumentValues values) {
    List<Argument<Boolean>> shown = new ArrayList<>(FLAGS.size());
    for (Argument<Boolean> flag : FLAGS) {
      if (values.get(flag)) {
        shown.add(flag);
      }
    }
    return values.get(RESPONSE_FORMAT) == Notation.URL_ENCODED
        ? new UrlEncoded122(shown)
        : new Lines122(contentType(values, MediaType.TEXT_PLAIN), shown);
  }

  /** The type that is asked for, which is possible only on CollectCCC. */
  private static MediaType contentType(ArgumentValues values, MediaType otherwise) {
    return values.has(RESPONSE_MIME_TYPE) ? values.get(RESPONSE_MIME_TYPE) : otherwise;
  }
}
