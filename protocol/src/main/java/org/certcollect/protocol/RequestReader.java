package org.certcollect.protocol;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.certcollect.protocol.CollectResult.Refused;
import org.certcollect.protocol.form.FormField;

/**
 * Reads the fields of a request: checks 1 to 5, which need only the request itself, in the order
 * that decides which one answers (docs/protocol.md, section 3). Safe for use by many threads.
 */
public final class RequestReader {
  private final Dialect dialect;
  private final Set<Endpoint> getAllowed;

  /**
   * Reads the requests of a dialect.
   *
   * @param getAllowed the endpoints that take GET as well as POST; none according to the
   *     specification
   */
  public RequestReader(Dialect dialect, Set<Endpoint> getAllowed) {
    this.dialect = dialect;
    this.getAllowed = Set.copyOf(getAllowed);
  }

  /**
   * The layout of the answer to a request that cannot be read for an internal error.
   *
   * @param fields those that are known; none if the error was in their decoding
   */
  public ResponseLayout layoutOfFailure(Endpoint endpoint, List<FormField> fields) {
    return dialect.layoutOfRefusal(new ArgumentValues(dialect.arguments(), endpoint, fields));
  }

  /** The request, or its refusal for the first check that it fails. */
  public Reading read(Endpoint endpoint, Transport transport, List<FormField> fields) {
    ArgumentValues values = new ArgumentValues(dialect.arguments(), endpoint, fields);
    Optional<Refused> refused = check(endpoint, transport, values);
    return refused.isPresent()
        ? dialect.refusal(refused.get(), values)
        : dialect.request(endpoint, values);
  }

  private Optional<Refused> check(Endpoint endpoint, Transport transport, ArgumentValues values) {
    if (!transport.secure() && !dialect.allowsPlainHttp(values)) {
      return Optional.of(Refused.of(StatusCode.NOT_HTTPS));
    }
    if (!transport.post() && !getAllowed.contains(endpoint)) {
      return Optional.of(Refused.of(StatusCode.NOT_POST));
    }
    if (values.unrecognised().isPresent()) {
      return Optional.of(new Refused(StatusCode.UNRECOGNISED_ARGUMENT, values.unrecognised()));
    }
    List<Argument<?>> arguments = dialect.arguments().arguments(endpoint);
    Optional<Refused> missing = missing(arguments, values);
    return missing.isPresent() ? missing : invalid(arguments, values);
  }

  private static Optional<Refused> missing(List<Argument<?>> arguments, ArgumentValues values) {
    for (Argument<?> argument : arguments) {
      if (!values.has(argument) && argument.isRequired(values)) {
        return Optional.of(Refused.of(StatusCode.MISSING_ARGUMENT, argument.name()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Refused> invalid(List<Argument<?>> arguments, ArgumentValues values) {
    for (Argument<?> argument : arguments) {
      if (values.has(argument) && !values.parse(argument)) {
        return Optional.of(Refused.of(StatusCode.INVALID_ARGUMENT, argument.name()));
      }
    }
    return Optional.empty();
  }
}
