package org.certcollect.protocol.v106;

import static org.certcollect.protocol.v106.Arguments106.COLLECTION_CODE;
import static org.certcollect.protocol.v106.Arguments106.LOGIN_NAME;
import static org.certcollect.protocol.v106.Arguments106.LOGIN_PASSWORD;
import static org.certcollect.protocol.v106.Arguments106.ORDER_NUMBER;
import static org.certcollect.protocol.v106.Arguments106.QUERY_TYPE;
import static org.certcollect.protocol.v106.Arguments106.RESPONSE_ENCODING;
import static org.certcollect.protocol.v106.Arguments106.RESPONSE_MIME_TYPE;
import static org.certcollect.protocol.v106.Arguments106.RESPONSE_TYPE;
import static org.certcollect.protocol.v106.Arguments106.SHOW_VALIDITY_PERIOD;

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
import org.certcollect.protocol.OrderClaim;
import org.certcollect.protocol.OrderReference;
import org.certcollect.protocol.OrderReference.Numbered;
import org.certcollect.protocol.RefusedRequest;
import org.certcollect.protocol.ResponseLayout;

/** The Collect specification 1.06, strictly. */
public final class Specification106 implements Dialect {
  /** The one instance. */
  public static final Dialect DIALECT = new Specification106();

  /** CollectSSL has no argument to ask for a type with, and a DER structure is not text. */
  private static final MediaType PKCS7_CERTIFICATES =
      MediaType.of("application/x-pkcs7-certificates");

  private Specification106() {}

  @Override
  public ArgumentTable arguments() {
    return Arguments106.TABLE;
  }

  /** A request by collection code alone carries no password. */
  @Override
  public boolean allowsPlainHttp(ArgumentValues values) {
    return values.has(COLLECTION_CODE) && Arguments106.hasNothingOfALogin(values);
  }

  @Override
  public ResponseLayout layoutOfRefusal(ArgumentValues values) {
    return Layout106.DEFAULT;
  }

  @Override
  public RefusedRequest refusal(Refused reason, ArgumentValues values) {
    return new RefusedRequest(
        reason, layoutOfRefusal(values), values.peek(LOGIN_NAME), values.peek(ORDER_NUMBER));
  }

  @Override
  public CollectRequest request(Endpoint endpoint, ArgumentValues values) {
    boolean byCode = values.has(COLLECTION_CODE);
    Argument<?> claimArgument = byCode ? COLLECTION_CODE : ORDER_NUMBER;
    return new CollectRequest(
        endpoint,
        byCode ? values.get(COLLECTION_CODE) : login(values),
        claimArgument.name(),
        form(values),
        layout(endpoint, values));
  }

  private static OrderClaim login(ArgumentValues values) {
    long number = values.get(ORDER_NUMBER).value();
    return new Login(
        values.get(LOGIN_NAME),
        values.get(LOGIN_PASSWORD),
        List.of(new OrderReference(Numbered.ORDER, number, ORDER_NUMBER.name())));
  }

  private static Optional<CertificateForm> form(ArgumentValues values) {
    return values
        .get(QUERY_TYPE)
        .part()
        .map(
            part ->
                new CertificateForm106(
                    part, values.get(RESPONSE_TYPE), values.get(RESPONSE_ENCODING)));
  }

  private static Layout106 layout(Endpoint endpoint, ArgumentValues values) {
    boolean binary =
        values.get(QUERY_TYPE).part().isPresent()
            && values.get(RESPONSE_ENCODING) == ResponseEncoding.BINARY;
    MediaType type =
        switch (endpoint) {
          case COLLECT_SSL -> binary ? PKCS7_CERTIFICATES : MediaType.TEXT_PLAIN;
          case COLLECT_CCC -> values.get(RESPONSE_MIME_TYPE);
        };
    return new Layout106(type, binary, values.get(SHOW_VALIDITY_PERIOD));
  }
}
