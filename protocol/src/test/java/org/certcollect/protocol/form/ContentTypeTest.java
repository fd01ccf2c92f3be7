package org.certcollect.protocol.form;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTypeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "multipart/form-data; boundary=abc | abc",
        "MULTIPART/FORM-DATA;BOUNDARY=aBc | aBc",
        "multipart/form-data ; charset=utf-8 ; boundary = abc | abc",
        "multipart/form-data; boundary=\"a;b c\" | a;b c",
        "multipart/form-data; boundary=\"a\\\"b\\\\c\" | a\"b\\c",
        "multipart/form-data; x=\"; boundary=no\"; boundary=yes | yes",
        "multipart/form-data; boundary=first; boundary=second | first",
        "multipart/form-data;;; boundary=abc; | abc",
      })
  void theBoundaryIsFound(String header, String boundary) {
    ContentType type = ContentType.parse(header);
    assertThat(type.isMultipartForm()).isTrue();
    assertThat(type.boundary()).contains(boundary);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data",
        "multipart/form-data; boundary",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary=\"open",
        "multipart/form-data; boundaryx=a",
      })
  void aBrokenBoundaryIsIgnored(String header) {
    assertThat(ContentType.parse(header).boundary()).isEmpty();
  }

  @Test
  void aCharsetIsFoundByAnyOfItsNames() {
    assertThat(ContentType.parse("text/plain;charset=LATIN1").charset()).contains(ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "\"\"", "", "a b", "\"\u00e4\"", "\"utf 8\"", "-"})
  void anUnknownCharsetIsIgnored(String charset) {
    assertThat(ContentType.parse("text/plain; charset=" + charset).charset()).isEmpty();
  }

  @Test
  void otherTypesAreNotMultipartForms() {
    assertThat(ContentType.parse("multipart/form-data-x; boundary=a").isMultipartForm()).isFalse();
    assertThat(ContentType.parse("multipart/mixed; boundary=a").isMultipartForm()).isFalse();
    assertThat(ContentType.parse("").isMultipartForm()).isFalse();
  }
}
