package org.certcollect.protocol.form;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the fields of a request from both places where clients put them: first those of the query
 * string, then those of the body (docs/protocol.md, section 1).
 */
public final class FormDecoder {
  private FormDecoder() {}

  /**
   * All fields of a request.
   *
   * @param query the part of the URL after the {@code ?}, undecoded, one char for each byte
   * @param contentType the value of the Content-Type header
   * @param body {@code multipart/form-data} if the type says so and names a boundary; or else
   *     URL-encoded
   */
  public static List<FormField> decode(
      Optional<String> query, Optional<String> contentType, byte[] body) {
    ContentType type = ContentType.parse(contentType.orElse(""));
    Charset charset = type.charset().orElse(StandardCharsets.UTF_8);
    List<FormField> fields = new ArrayList<>();
    query.ifPresent(
        text ->
            fields.addAll(UrlEncoded.query(text.getBytes(StandardCharsets.ISO_8859_1), charset)));
    Optional<String> boundary = type.boundary();
    if (type.isMultipartForm() && boundary.isPresent()) {
      fields.addAll(Multipart.decode(body, boundary.get(), charset));
    } else {
      fields.addAll(UrlEncoded.body(body, charset));
    }
    return fields;
  }
}
