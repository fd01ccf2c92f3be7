package org.certcollect.protocol;

import static org.certcollect.protocol.Argument.COLLECTION_CODE;
import static org.certcollect.protocol.Argument.LOGIN_NAME;
import static org.certcollect.protocol.Argument.LOGIN_PASSWORD;
import static org.certcollect.protocol.Argument.ORDER_NUMBER;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.certcollect.protocol.CollectResult.Refused;
import org.certcollect.protocol.form.FormField;

/**
 * Reads the fields of a request: the checks that need nothing but the request itself, in the order
 * that decides which one answers (reading of the specification, section 3, steps 1 to 5).
 */
public final class RequestReader {
  private final Dialect dialect;
  private final Set<Endpoint> getAllowed;

  /**
   * @param getAllowed the endpoints that take GET as well as POST; none by the specification
   */
  public RequestReader(Dialect dialect, Set<Endpoint> getAllowed) {
    this.dialect = dialect;
    this.getAllowed = Set.copyOf(getAllowed);
  }

  /** The request, or the first reason against it. */
  public Reading read(Endpoint endpoint, Transport transport, List<FormField> fields) {
    ArgumentValues values = new ArgumentValues(dialect, endpoint, fields);
    if (!transport.secure() && !isByCodeAlone(values)) {
      return Refused.of(StatusCode.NOT_HTTPS);
    }
    if (!transport.post() && !getAllowed.contains(endpoint)) {
      return Refused.of(StatusCode.NOT_POST);
    }
    if (values.hasUnrecognised()) {
      return Refused.of(StatusCode.UNRECOGNISED_ARGUMENT);
    }
    List<Argument> arguments = dialect.arguments(endpoint);
    Optional<Refused> refused = missing(arguments, values).or(() -> invalid(arguments, values));
    return refused.isPresent() ? refused.get() : request(endpoint, values);
  }

  /** The only kind of request that may go over plain HTTP: it carries no password. */
  private static boolean isByCodeAlone(ArgumentValues values) {
    return values.has(COLLECTION_CODE)
        && !values.has(LOGIN_NAME)
        && !values.has(LOGIN_PASSWORD)
        && !values.has(ORDER_NUMBER);
  }

  private static Optional<Refused> missing(List<Argument> arguments, ArgumentValues values) {
    for (Argument argument : arguments) {
      if (argument.isRequired(values) && !values.has(argument.name())) {
        return Optional.of(Refused.of(StatusCode.MISSING_ARGUMENT, argument.name()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Refused> invalid(List<Argument> arguments, ArgumentValues values) {
    for (Argument argument : arguments) {
      if (values.has(argument.name())
          && (values.isContradictory(argument.name())
              || !argument.accepts(values.text(argument.name()), values))) {
        return Optional.of(Refused.of(StatusCode.INVALID_ARGUMENT, argument.name()));
      }
    }
    return Optional.empty();
  }

  private static CollectRequest request(Endpoint endpoint, ArgumentValues values) {
    return new CollectRequest(
        endpoint,
        claim(values),
        QueryType.of(values.integer(Argument.QUERY_TYPE)),
        ResponseType.of(values.integer(Argument.RESPONSE_TYPE)),
        ResponseEncoding.of(values.integer(Argument.RESPONSE_ENCODING)),
        MediaType.of(values.text(Argument.RESPONSE_MIME_TYPE)),
        values.text(Argument.SHOW_VALIDITY_PERIOD).equals("Y"));
  }

  private static OrderClaim claim(ArgumentValues values) {
    if (values.has(COLLECTION_CODE)) {
      return new CollectionCode(values.text(COLLECTION_CODE));
    }
    return new Login(
        new LoginName(values.text(LOGIN_NAME)),
        new LoginPassword(values.text(LOGIN_PASSWORD)),
        OrderNumber.parse(values.text(ORDER_NUMBER)).orElseThrow());
  }
}
