package org.certcollect.protocol;

import java.util.Optional;
import java.util.stream.Collectors;
import org.certcollect.protocol.CollectResult.Attached;
import org.certcollect.protocol.CollectResult.Refused;

/**
 * Lays out an answer: the lines of the dialect joined by LF, and the data behind them; or the bare
 * structure where a binary answer was asked for and there is one (specification 1.06, section 2).
 */
public final class ResponseWriter {
  private final Dialect dialect;

  public ResponseWriter(Dialect dialect) {
    this.dialect = dialect;
  }

  /** The answer to a request that was refused before it was understood. */
  public CollectResponse write(Refused refused) {
    return text(MediaType.TEXT_PLAIN, false, refused);
  }

  /** The answer to a request. */
  public CollectResponse write(CollectRequest request, CollectResult result) {
    if (result instanceof Attached attached
        && request.responseEncoding() == ResponseEncoding.BINARY) {
      return new CollectResponse(result.status(), binaryType(request), "", attached.certificates());
    }
    MediaType type = result.status().code() > 0 ? request.responseMimeType() : MediaType.TEXT_PLAIN;
    return text(type, request.showValidityPeriod(), result);
  }

  /** CollectSSL has no argument to ask for a type with, and text it is not. */
  private static MediaType binaryType(CollectRequest request) {
    return switch (request.endpoint()) {
      case COLLECT_SSL -> MediaType.PKCS7_CERTIFICATES;
      case COLLECT_CCC -> request.responseMimeType();
    };
  }

  private CollectResponse text(MediaType type, boolean showValidityPeriod, CollectResult result) {
    String lines =
        dialect.head().stream()
            .map(line -> line.of(dialect, showValidityPeriod, result))
            .flatMap(Optional::stream)
            .collect(Collectors.joining("\n"));
    return result instanceof Attached attached
        ? new CollectResponse(result.status(), type, lines + "\n", attached.certificates())
        : new CollectResponse(result.status(), type, lines, EncodedCertificates.NONE);
  }
}
