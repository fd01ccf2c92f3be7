package org.certcollect.protocol.cells;

import static java.util.stream.Collectors.joining;
import static org.certcollect.protocol.cells.ArgumentNames.ORDER_NUMBER;
import static org.certcollect.protocol.cells.ArgumentNames.QUERY_TYPE;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.cells.RequestFields.Field;

/** Arguments in the query string, in the body, or in both, in each encoding. */
final class PlacementCells {
  private static final String FOLDER = "placement";
  private static final Optional<String> NONE = Optional.empty();
  private static final Optional<String> FORM = Optional.of(RequestFields.FORM);

  private PlacementCells() {}

  static Stream<Cell> of(Endpoint endpoint) {
    return Stream.concat(urlEncoded(endpoint), multipart(endpoint));
  }

  private static Stream<Cell> urlEncoded(Endpoint endpoint) {
    RequestFields fields = RequestFields.byLogin(endpoint, Situation.ISSUED);
    String all = fields.encoded();
    RequestFields most = fields.without(QUERY_TYPE);
    Optional<String> query = Optional.of("queryType=1");
    return Stream.of(
        fields.cell(FORM.map(unused -> all), NONE, "", FOLDER, "query-alone"),
        fields.cell(Optional.of(all), FORM, "", FOLDER, "query-with-content-type"),
        fields.cell(query, FORM, most.encoded(), FOLDER, "query-and-body"),
        fields.cell(Optional.of(all), FORM, all, FOLDER, "everything-in-both"),
        fields.cell(
            Optional.of(all),
            FORM,
            fields.with(ORDER_NUMBER, "1").encoded(),
            FOLDER,
            "contradiction-of-query-and-body"),
        fields.cell(Optional.of("other=1"), FORM, all, FOLDER, "unknown-in-query"),
        fields.cell(Optional.of(""), FORM, all, FOLDER, "empty-query"),
        fields.cell(NONE, NONE, all, FOLDER, "body-without-content-type"),
        fields.cell(NONE, Optional.of("text/plain"), all, FOLDER, "body-of-another-content-type"),
        fields.cell(
            NONE, Optional.of("no;type=\"of"), all, FOLDER, "body-of-a-broken-content-type"),
        fields.cell(
            NONE,
            Optional.of("Application/X-WWW-Form-URLEncoded ; charset=UTF-8"),
            all,
            FOLDER,
            "content-type-with-charset"),
        fields.cell(NONE, FORM, "&&" + all.replace("&", "&&") + "&", FOLDER, "empty-pairs"),
        fields.cell(NONE, FORM, escaped(all), FOLDER, "every-character-escaped"),
        fields.cell(NONE, FORM, all + "\n", FOLDER, "lf-after-the-last-pair"),
        fields.cell(NONE, FORM, all + "\r\n", FOLDER, "cr-lf-after-the-last-pair"),
        fields.cell(NONE, FORM, all + "\n\n", FOLDER, "two-line-ends-after-the-last-pair"),
        fields.cell(NONE, NONE, "\u00ef\u00bb\u00bf" + all, FOLDER, "byte-order-mark"));
  }

  private static String escaped(String encoded) {
    return encoded
        .chars()
        .mapToObj(
            c ->
                c == '=' || c == '&'
                    ? Character.toString(c)
                    : String.format(Locale.ROOT, "%%%02x", c))
        .collect(joining());
  }

  private static Stream<Cell> multipart(Endpoint endpoint) {
    RequestFields fields = RequestFields.byLogin(endpoint, Situation.ISSUED);
    RequestFields most = fields.without(QUERY_TYPE);
    String all = MultipartBody.of(fields, "\r\n");
    Optional<String> type = Optional.of(MultipartBody.CONTENT_TYPE);
    String file = "Content-Disposition: form-data; name=\"queryType\"; filename=\"a\"\r\n\r\n1";
    return Stream.of(
        fields.cell(NONE, type, all, FOLDER, "multipart"),
        fields.cell(NONE, type, MultipartBody.of(fields, "\n"), FOLDER, "multipart-with-bare-lf"),
        fields.cell(NONE, type, all.replace("--\r\n", ""), FOLDER, "multipart-without-an-end"),
        fields.cell(
            NONE,
            Optional.of("Multipart/Form-Data; Boundary=" + MultipartBody.BOUNDARY),
            all,
            FOLDER,
            "multipart-with-bare-boundary"),
        fields.cell(
            Optional.of("queryType=1"),
            type,
            MultipartBody.of(most, "\r\n"),
            FOLDER,
            "multipart-and-query"),
        fields.cell(
            Optional.of("queryType=0"), type, all, FOLDER, "contradiction-of-query-and-multipart"),
        fields.cell(
            NONE,
            type,
            MultipartBody.of(fields.and("other", "1"), "\r\n"),
            FOLDER,
            "multipart-with-unknown"),
        fields.cell(
            NONE, type, MultipartBody.of(most, "\r\n", file), FOLDER, "multipart-with-a-file"),
        fields.cell(NONE, type, "", FOLDER, "multipart-without-parts"),
        fields.cell(
            NONE, Optional.of("multipart/form-data"), all, FOLDER, "multipart-without-boundary"));
  }

  /** Builds bodies of {@code multipart/form-data}. */
  private static final class MultipartBody {
    static final String BOUNDARY = "----certcollect-1.06";
    static final String CONTENT_TYPE = "multipart/form-data; boundary=\"" + BOUNDARY + "\"";

    private MultipartBody() {}

    static String of(RequestFields fields, String lineEnd, String... parts) {
      StringBuilder body = new StringBuilder();
      for (Field field : fields.list()) {
        String part =
            "Content-Disposition: form-data; name=\"%s\"\n\n"
                .formatted(field.name())
                .replace("\n", lineEnd);
        body.append(delimiter(lineEnd)).append(part).append(field.value()).append(lineEnd);
      }
      for (String part : parts) {
        body.append(delimiter(lineEnd)).append(part).append(lineEnd);
      }
      return body + "--" + BOUNDARY + "--" + lineEnd;
    }

    private static String delimiter(String lineEnd) {
      return "--" + BOUNDARY + lineEnd;
    }
  }
}
