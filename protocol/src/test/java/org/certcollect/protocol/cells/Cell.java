package org.certcollect.protocol.cells;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;
import org.certcollect.protocol.Dialect;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.v106.Specification106;
import org.certcollect.protocol.v122.Specification122;

/**
 * One case of the protocol's table: a request, and the situation in which it comes.
 *
 * @param name the path of its golden file below the folder of all, without {@code .http}
 * @param secure over HTTPS
 * @param query the part of the URL after the {@code ?}, as it is sent, ASCII
 * @param contentType the header of that name
 * @param body one char for each byte; empty for none
 */
public record Cell(
    String name,
    Endpoint endpoint,
    boolean secure,
    Method method,
    Optional<String> query,
    Optional<String> contentType,
    String body,
    Situation situation) {
  /** The HTTP methods that get an answer of the protocol. */
  public enum Method {
    POST,
    GET,
    HEAD
  }

  /** The folder of the cells of the later dialect. */
  static final String LATER = "v122/";

  /** The dialect that the server has to speak. */
  public Dialect dialect() {
    return name.startsWith(LATER) ? Specification122.DIALECT : Specification106.DIALECT;
  }

  /** The same case in the later dialect. */
  Cell later() {
    return new Cell(LATER + name, endpoint, secure, method, query, contentType, body, situation);
  }

  /** The body as it is sent. */
  public byte[] bodyBytes() {
    return body.getBytes(ISO_8859_1);
  }

  /** The path and the query, as a request line has them. */
  public String target() {
    return endpoint.path() + query.map(q -> "?" + q).orElse("");
  }

  @Override
  public String toString() {
    return name;
  }

  Cell overHttp() {
    return new Cell(name, endpoint, false, method, query, contentType, body, situation);
  }

  /** The same fields with another method; without a body they stand in the query string. */
  Cell with(Method other) {
    return other == Method.POST
        ? this
        : new Cell(
            name, endpoint, secure, other, Optional.of(body), Optional.empty(), "", situation);
  }
}
