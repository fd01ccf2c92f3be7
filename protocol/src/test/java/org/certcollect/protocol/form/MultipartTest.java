package org.certcollect.protocol.form;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MultipartTest {
  private static final String FIELD = "Content-Disposition: form-data; name=\"a\"";

  @Test
  void aPartOfItsOwnCharsetIsDecodedByIt() {
    String part = FIELD + "\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\n\u00e4";
    assertThat(decode("--b\r\n" + part + "\r\n--b--"))
        .containsExactly(new FormField("a", "\u00e4"));
  }

  @Test
  void aPartWithAFileNameHasNoValue() {
    assertThat(decode("--b\r\n" + FIELD + "; filename=\"f\"\r\n\r\nsecret\r\n--b--"))
        .containsExactly(new FormField("a", ""));
  }

  @Test
  void aPartWithoutANameIsNotAField() {
    assertThat(decode("--b\r\nContent-Disposition: form-data\r\n\r\n1\r\n--b--")).isEmpty();
    assertThat(decode("--b\r\nX: y\r\n\r\n1\r\n--b--")).isEmpty();
    assertThat(decode("--b\r\n\r\n1\r\n--b--")).isEmpty();
    assertThat(decode("--b\r\n" + FIELD + "\r\n--b--")).isEmpty();
  }

  @Test
  void blanksAfterADelimiterAreIgnored() {
    assertThat(decode("--b \t\r\n" + FIELD + "\r\n\r\n1\r\n--b-- \r\n"))
        .containsExactly(new FormField("a", "1"));
  }

  @Test
  void aLongerLineIsNotADelimiter() {
    assertThat(decode("--b\r\n" + FIELD + "\r\n\r\n1\r\n--bb\r\n--b-\r\n--b--"))
        .containsExactly(new FormField("a", "1\r\n--bb\r\n--b-"));
  }

  @Test
  void nothingAfterTheClosingDelimiterIsRead() {
    String part = "--b\r\n" + FIELD + "\r\n\r\n1\r\n--b";
    assertThat(decode(part + "--\r\n" + part + "--")).hasSize(1);
  }

  /** Bytes such as 0x85 once ended a header line, and hid the name. */
  @Test
  void aNameWithAByteThatUnicodeTakesForALineEndIsRead() {
    String part = "Content-Disposition: form-data; name=\"\u00c5\"\r\n\r\n1";
    String body = "--b\r\n" + part + "\r\n--b--";
    assertThat(Multipart.decode(body.getBytes(UTF_8), "b", UTF_8))
        .containsExactly(new FormField("\u00c5", "1"));
  }

  /** The same byte at the end of the body once made a delimiter. */
  @Test
  void onlyALineEndEndsADelimiter() {
    assertThat(decode("--b\r\n" + FIELD + "\r\n\r\n1\r\n--b--\u0085"))
        .containsExactly(
            new FormField(
                "a",
                new String(
                    new byte[] {'1', '\r', '\n', '-', '-', 'b', '-', '-', (byte) 0x85}, UTF_8)));
  }

  private static List<FormField> decode(String body) {
    return Multipart.decode(body.getBytes(ISO_8859_1), "b", UTF_8);
  }
}
