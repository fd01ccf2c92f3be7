package org.certcollect.protocol.form;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The decoder of {@code multipart/form-data} (RFC 7578). It reads only text: a part with a file
 * name becomes a field with an empty value. A bare LF counts as a line end. A last part without a
 * closing delimiter ends with the body.
 */
final class Multipart {
  // "d": only LF ends a line. The byte 0x85 does not: it may be the middle of a UTF-8 letter.
  private static final Pattern DISPOSITION =
      Pattern.compile("(?imd)^content-disposition[ \\t]*+:[ \\t]*+(form-data\\b.*+)$");
  private static final Pattern TYPE = Pattern.compile("(?imd)^content-type[ \\t]*+:[ \\t]*+(.*+)$");
  private static final Pattern HEADERS_END = Pattern.compile("\\r?\\n\\r?\\n");

  private Multipart() {}

  static List<FormField> decode(byte[] body, String boundary, Charset charset) {
    // One char for each byte: the structure is ASCII, and each value is decoded separately.
    String text = "\n" + new String(body, ISO_8859_1);
    Pattern delimiter =
        Pattern.compile("\\r?\\n--" + Pattern.quote(boundary) + "(--)?[ \\t]*(?=\\r?\\n|\\z)");
    List<FormField> fields = new ArrayList<>();
    Matcher matcher = delimiter.matcher(text);
    boolean inside = matcher.find() && matcher.group(1) == null;
    while (inside) {
      int start = matcher.end();
      boolean found = matcher.find();
      part(text.substring(start, found ? matcher.start() : text.length()), charset)
          .ifPresent(fields::add);
      inside = found && matcher.group(1) == null;
    }
    return fields;
  }

  /** The field of one part; empty if the part has no name. */
  private static Optional<FormField> part(String part, Charset charset) {
    Matcher end = HEADERS_END.matcher(part);
    if (!end.find()) {
      return Optional.empty();
    }
    String headers = part.substring(0, end.start());
    ContentType disposition = ContentType.parse(header(DISPOSITION, headers).orElse(""));
    Charset own =
        header(TYPE, headers).map(ContentType::parse).flatMap(ContentType::charset).orElse(charset);
    boolean file = disposition.parameter("filename").isPresent();
    String value = file ? "" : recode(part.substring(end.end()), own);
    return disposition.parameter("name").map(name -> new FormField(recode(name, charset), value));
  }

  private static Optional<String> header(Pattern pattern, String headers) {
    Matcher matcher = pattern.matcher(headers);
    return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
  }

  private static String recode(String bytes, Charset charset) {
    return new String(bytes.getBytes(ISO_8859_1), charset);
  }
}
