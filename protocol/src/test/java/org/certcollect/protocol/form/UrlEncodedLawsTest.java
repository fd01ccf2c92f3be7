package org.certcollect.protocol.form;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.certcollect.protocol.Law;

class UrlEncodedLawsTest {
  private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");

  @Provide
  Arbitrary<List<FormField>> fields() {
    Arbitrary<String> texts =
        Arbitraries.oneOf(
            Arbitraries.strings().excludeChars(surrogates()).ofMaxLength(20),
            Arbitraries.of("\ud83d\udd11", "a b", "a+b", "%", "%41", "&=;", "\r\n", "\0"));
    return Combinators.combine(texts, texts).as(FormField::new).list().ofMaxSize(10);
  }

  private static char[] surrogates() {
    char[] all = new char[Character.MAX_SURROGATE - Character.MIN_SURROGATE + 1];
    for (int i = 0; i < all.length; i++) {
      all[i] = (char) (Character.MIN_SURROGATE + i);
    }
    return all;
  }

  @Provide
  Arbitrary<String> escapes() {
    return Arbitraries.strings()
        .withChars("%%%%0123456789abcdefABCDEFgG \u00ff\u00b2")
        .ofMaxLength(40);
  }

  @Law
  void encodedFieldsAreReadBackInUtf8(@ForAll("fields") List<FormField> fields) {
    assertThat(UrlEncoded.query(encode(fields, UTF_8), UTF_8)).isEqualTo(fields);
  }

  @Law
  void encodedFieldsAreReadBackInUtf16(@ForAll("fields") List<FormField> fields) {
    assertThat(UrlEncoded.query(encode(fields, UTF_16BE), UTF_16BE)).isEqualTo(fields);
  }

  /** Every byte as an escape, so that any charset can be written. */
  private static byte[] encode(List<FormField> fields, Charset charset) {
    return fields.stream()
        .map(field -> escaped(field.name(), charset) + "=" + escaped(field.value(), charset))
        .collect(joining("&"))
        .getBytes(US_ASCII);
  }

  private static String escaped(String text, Charset charset) {
    return charset.equals(UTF_8)
        ? URLEncoder.encode(text, charset)
        : HexFormat.of().formatHex(text.getBytes(charset)).replaceAll("(..)", "%$1");
  }

  @Law
  void aBrokenEscapeIsKeptAsItCame(@ForAll("escapes") String value) {
    String expected =
        ESCAPE
            .matcher(value)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        Character.toString((char) Integer.parseInt(found.group(1), 16))));
    assertThat(UrlEncoded.query(("n=" + value).getBytes(ISO_8859_1), ISO_8859_1))
        .containsExactly(new FormField("n", expected));
  }

  @Law
  void anyBytesAreDecodedToSomething(@ForAll byte[] form) {
    assertThat(UrlEncoded.query(form, UTF_8)).hasSizeLessThanOrEqualTo(form.length);
  }
}
