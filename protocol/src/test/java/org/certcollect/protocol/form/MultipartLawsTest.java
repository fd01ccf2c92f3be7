package org.certcollect.protocol.form;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.certcollect.protocol.Law;

class MultipartLawsTest {
  @Provide
  Arbitrary<String> boundaries() {
    return Arbitraries.strings()
        .alpha()
        .numeric()
        .withChars("'()+_,-./:=?")
        .ofMinLength(1)
        .ofMaxLength(70);
  }

  /** As browsers send them: UTF-8, with quotes and line ends escaped beforehand. */
  @Provide
  Arbitrary<List<FormField>> fields() {
    Arbitrary<String> names =
        Arbitraries.strings()
            .withChars("ab ;=:%\u0085\u00c5\u0105\u2028\u2029\u20ac")
            .ofMaxLength(8);
    Arbitrary<String> values =
        Arbitraries.strings().withChars("a-\r\n\t :;\"\u0000\u0085\u00e4\u20ac").ofMaxLength(30);
    return Combinators.combine(names, values).as(FormField::new).list().ofMaxSize(6);
  }

  @Law
  void partsAreReadBackAsTheyWereWritten(
      @ForAll("boundaries") String boundary, @ForAll("fields") List<FormField> fields) {
    Assume.that(fields.stream().noneMatch(f -> ("\n" + f.value()).contains("\n--" + boundary)));
    StringBuilder body = new StringBuilder("preamble\r\n");
    for (FormField field : fields) {
      body.append("--").append(boundary).append("\r\ncontent-type: text/plain\r\n");
      body.append("Content-Disposition: form-data; name=\"").append(field.name()).append("\"\r\n");
      body.append("\r\n").append(field.value()).append("\r\n");
    }
    body.append("--").append(boundary).append("--\r\nepilogue");
    assertThat(decode("multipart/form-data; boundary=\"" + boundary + "\"", bytes(body)))
        .isEqualTo(fields);
  }

  @Law
  void anyBytesBetweenDelimitersAreDecodedToSomething(
      @ForAll("boundaries") String boundary, @ForAll List<byte[]> parts) {
    StringBuilder body = new StringBuilder();
    for (byte[] part : parts) {
      body.append("\n--").append(boundary).append('\n');
      body.append("content-disposition:").append(new String(part, ISO_8859_1));
    }
    assertThat(decode("multipart/form-data;boundary=\"" + boundary + "\"", bytes(body)))
        .hasSizeLessThanOrEqualTo(parts.size());
  }

  @Law
  void anyContentTypeQueryAndBodyAreDecodedToSomething(
      @ForAll String contentType, @ForAll String query, @ForAll byte[] body) {
    Optional<String> type = Optional.of("multipart/form-data" + contentType);
    assertThat(FormDecoder.decode(Optional.of(query), Optional.of(contentType), body)).isNotNull();
    assertThat(FormDecoder.decode(Optional.of(query), type, body)).isNotNull();
  }

  @Law
  void anyCharsetOfTheJdkIsTaken(@ForAll("charsets") String charset, @ForAll byte[] body) {
    Optional<String> type = Optional.of("text/plain; charset=\"" + charset + "\"");
    assertThat(FormDecoder.decode(Optional.empty(), type, body)).isNotNull();
  }

  @Provide
  Arbitrary<String> charsets() {
    return Arbitraries.of(Charset.availableCharsets().keySet());
  }

  private static byte[] bytes(StringBuilder body) {
    return body.toString().getBytes(UTF_8);
  }

  private static List<FormField> decode(String contentType, byte[] body) {
    return FormDecoder.decode(Optional.empty(), Optional.of(contentType), body);
  }
}
