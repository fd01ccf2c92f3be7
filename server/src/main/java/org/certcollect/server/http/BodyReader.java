package org.certcollect.server.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/** A reader of the bodies of requests, as far as their limits. */
final class BodyReader {
  private static final int INITIAL_BYTES = 512;

  private BodyReader() {}

  /** Whether the header announces a body over the limit. */
  static boolean isTooLarge(HttpServerRequest request, int maxBytes) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length != null && Long.parseLong(length) > maxBytes;
  }

  /** Reads what is left of a body, and drops it. */
  static Future<Void> drop(HttpServerRequest request) {
    if (request.isEnded()) {
      return Future.succeededFuture();
    }
    request.handler(chunk -> {});
    return request.end();
  }

  /**
   * Calls one of the two, once: {@code complete} with the whole body, or {@code tooLarge} as soon
   * as the limit is passed.
   */
  static void read(
      HttpServerRequest request, int maxBytes, Consumer<Buffer> complete, Runnable tooLarge) {
    Buffer body = Buffer.buffer(INITIAL_BYTES);
    request.handler(
        chunk -> {
          if (body.length() + chunk.length() <= maxBytes) {
            body.appendBuffer(chunk);
          } else {
            request.handler(rest -> {}).endHandler(null);
            tooLarge.run();
          }
        });
    request.endHandler(end -> complete.accept(body));
  }
}
