package org.certcollect.server.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/** Reads the body of one request, as far as the limit. Confined to one event loop. */
final class BodyReader {
  private Buffer body = Buffer.buffer(0);
  private final int maxBytes;
  private final Runnable tooLarge;
  private boolean own;
  private boolean over;

  private BodyReader(int maxBytes, Runnable tooLarge) {
    this.maxBytes = maxBytes;
    this.tooLarge = tooLarge;
  }

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
    BodyReader reader = new BodyReader(maxBytes, tooLarge);
    request.handler(reader::chunk);
    request.endHandler(
        end -> {
          if (!reader.over) {
            complete.accept(reader.body);
          }
        });
  }

  private void chunk(Buffer chunk) {
    if (over) {
      return;
    }
    if (body.length() + chunk.length() > maxBytes) {
      over = true;
      tooLarge.run();
    } else {
      add(chunk);
    }
  }

  /** Most bodies come in one piece, and are not copied. */
  private void add(Buffer chunk) {
    if (body.length() == 0) {
      body = chunk;
      return;
    }
    if (!own) {
      body = body.copy();
      own = true;
    }
    body.appendBuffer(chunk);
  }
}
