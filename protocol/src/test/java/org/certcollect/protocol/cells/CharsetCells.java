package org.certcollect.protocol.cells;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.certcollect.protocol.cells.ArgumentNames.LOGIN_PASSWORD;

import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.stream.Stream;
import org.certcollect.protocol.Endpoint;

/** Passwords that are hard to encode, in the ways in which clients encode them. */
final class CharsetCells {
  private static final String FOLDER = "password";
  private static final Optional<String> NONE = Optional.empty();
  private static final Optional<String> FORM = Optional.of(RequestFields.FORM);
  private static final Optional<String> LATIN =
      Optional.of(RequestFields.FORM + "; charset=ISO-8859-1");

  private CharsetCells() {}

  static Stream<Cell> of(Endpoint endpoint) {
    return Stream.of(percent(endpoint), blanks(endpoint), umlauts(endpoint)).flatMap(all -> all);
  }

  /** Written without any encoding, as a real client does: {@code %-s}, {@code %zz}, {@code %4}. */
  private static Stream<Cell> percent(Endpoint endpoint) {
    RequestFields fields = RequestFields.byLogin(endpoint, Situation.PASSWORD_WITH_PERCENT);
    String raw = TestAccount.PERCENT.password();
    String body = with(fields, raw);
    return Stream.of(
        fields.cell(NONE, FORM, body, FOLDER, "broken-percent-encoding"),
        fields.cell(NONE, FORM, atEnd(fields, raw), FOLDER, "broken-percent-encoding-at-the-end"),
        fields.cell(Optional.of(body), NONE, "", FOLDER, "broken-percent-encoding-in-the-query"));
  }

  private static Stream<Cell> blanks(Endpoint endpoint) {
    RequestFields fields = RequestFields.byLogin(endpoint, Situation.PASSWORD_WITH_BLANKS);
    String raw = TestAccount.BLANK.password();
    return Stream.of(
        fields.cell(NONE, FORM, with(fields, raw), FOLDER, "blanks-as-they-are"),
        fields.cell(NONE, FORM, with(fields, raw.replace(" ", "+")), FOLDER, "blanks-as-plus"),
        fields.cell(
            NONE, FORM, with(fields, raw.replace(" ", "%20")), FOLDER, "blanks-as-percent"));
  }

  private static Stream<Cell> umlauts(Endpoint endpoint) {
    RequestFields fields = RequestFields.byLogin(endpoint, Situation.PASSWORD_WITH_UMLAUTS);
    String latin = with(fields, escaped(ISO_8859_1));
    String utf8 = with(fields, escaped(UTF_8));
    return Stream.of(
        fields.cell(NONE, FORM, utf8, FOLDER, "utf-8"),
        fields.cell(NONE, FORM, with(fields, bytes(UTF_8)), FOLDER, "utf-8-as-bytes"),
        fields.cell(Optional.of(utf8), NONE, "", FOLDER, "utf-8-in-the-query"),
        fields.cell(NONE, LATIN, latin, FOLDER, "iso-8859-1"),
        fields.cell(NONE, LATIN, with(fields, bytes(ISO_8859_1)), FOLDER, "iso-8859-1-as-bytes"),
        fields.cell(Optional.of(latin), LATIN, "", FOLDER, "iso-8859-1-in-the-query"),
        fields.cell(
            NONE,
            Optional.of(RequestFields.FORM + ";charset=none"),
            utf8,
            FOLDER,
            "unknown-charset"),
        wrong(fields).cell(NONE, FORM, latin, FOLDER, "iso-8859-1-taken-for-utf-8"));
  }

  /** A wrong password for another account, so that the guesses of this one are not counted. */
  private static RequestFields wrong(RequestFields fields) {
    return new RequestFields(fields.endpoint(), Situation.WRONG_PASSWORD, fields.list());
  }

  private static String escaped(Charset charset) {
    return URLEncoder.encode(TestAccount.UMLAUT.password(), charset);
  }

  /** One char for each byte. */
  private static String bytes(Charset charset) {
    return new String(TestAccount.UMLAUT.password().getBytes(charset), ISO_8859_1);
  }

  private static String with(RequestFields fields, String rawPassword) {
    return LOGIN_PASSWORD + "=" + rawPassword + "&" + fields.without(LOGIN_PASSWORD).encoded();
  }

  private static String atEnd(RequestFields fields, String rawPassword) {
    return fields.without(LOGIN_PASSWORD).encoded() + "&" + LOGIN_PASSWORD + "=" + rawPassword;
  }
}
