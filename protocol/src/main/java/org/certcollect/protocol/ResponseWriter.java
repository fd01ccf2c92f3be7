package org.certcollect.protocol;

import java.util.StringJoiner;
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
    StringJoiner lines = new StringJoiner("\n");
    for (HeadLine line : dialect.head()) {
      line.of(dialect, showValidityPeriod, result).ifPresent(lines::add);
    }
    return result instanceof Attached attached
        ? new CollectResponse(result.status(), type, lines + "\n", attached.certificates())
        : new CollectResponse(result.status(), type, lines.toString(), EncodedCertificates.NONE);
  }
}
