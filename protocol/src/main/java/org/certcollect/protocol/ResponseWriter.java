package org.certcollect.protocol;

import org.certcollect.protocol.CollectResult.Attached;
import org.certcollect.protocol.CollectResult.Refused;

/**
 * Lays out an answer: the lines of the dialect, each ended by LF, and the data behind them; or the
 * bare structure where a binary answer was asked for and there is one (docs/protocol.md, section
 * 4).
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
    StringBuilder lines = new StringBuilder();
    for (HeadLine line : dialect.head()) {
      line.of(dialect, showValidityPeriod, result).ifPresent(l -> lines.append(l).append('\n'));
    }
    EncodedCertificates data =
        result instanceof Attached attached ? attached.certificates() : EncodedCertificates.NONE;
    return new CollectResponse(result.status(), type, lines.toString(), data);
  }
}
