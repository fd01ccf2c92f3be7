package org.certcollect.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;

/** {@link MediaType} against a reader of RFC 9110, section 8.3.1, that steps through the text. */
class MediaTypeLawsTest {
  @Provide
  Arbitrary<String> almostTypes() {
    return Arbitraries.of(
            "a",
            "text",
            "plain",
            "/",
            "/",
            ";",
            "; ",
            " ",
            "=",
            "\"",
            "\\",
            "q=\"v\"",
            "a=b",
            ",",
            "(",
            "\t",
            "\r",
            "\n",
            "\0",
            "\u007f",
            "\u0085",
            "\u00e4",
            "\u20ac",
            "text/plain")
        .list()
        .ofMaxSize(9)
        .map(parts -> String.join("", parts));
  }

  private static boolean isValid(String text) {
    return MediaType.parse(text).isPresent();
  }

  @Law
  void aTextIsAMediaTypeIfTheGrammarSaysSo(@ForAll("almostTypes") String text) {
    assertThat(isValid(text)).isEqualTo(new Grammar(text).isMediaType());
  }

  @Law
  void aTypeWithAnythingAfterItIsAMediaTypeIfTheGrammarSaysSo(@ForAll("almostTypes") String text) {
    String type = "text/plain" + text;
    assertThat(isValid(type)).isEqualTo(new Grammar(type).isMediaType());
  }

  @Law
  void anAcceptedTypeCanStandInAHeader(@ForAll("almostTypes") String text) {
    if (isValid(text)) {
      assertThat(text).matches("[ -~]{3,255}").doesNotStartWith(" ").doesNotEndWith(" ");
    }
  }

  @Example
  void aHostileTextIsRefusedAtOnce() {
    List<String> pieces = List.of(";", "; ", ";a=", ";a=\"", "\\\"", " ", "a", "/", ";a=b");
    assertTimeout(
        Duration.ofSeconds(2),
        () ->
            pieces.forEach(
                piece -> {
                  assertThat(isValid("a/b" + piece.repeat(16_384))).isFalse();
                  assertThat(isValid("a/b" + piece.repeat(250 / piece.length()) + "\0")).isFalse();
                }));
  }

  /** Steps through a text, one rule of the grammar for each method. */
  private static final class Grammar {
    private static final String TCHAR = "!#$%&'*+-.^_`|~";

    private final String text;
    private int at;

    Grammar(String text) {
      this.text = text;
    }

    boolean isMediaType() {
      boolean type = text.length() <= 255 && token() && skip('/') && token();
      while (type && at < text.length()) {
        type = semicolon() && parameter();
      }
      return type;
    }

    private boolean semicolon() {
      blanks();
      return skip(';');
    }

    /** May be missing, but the text may not end with blanks: a header would lose them. */
    private boolean parameter() {
      int before = at;
      blanks();
      if (!token()) {
        boolean end = at == text.length();
        at = end ? at : before;
        return !end || before == at;
      }
      return skip('=') && (token() || quoted());
    }

    private boolean token() {
      int start = at;
      while (at < text.length() && isTchar(text.charAt(at))) {
        at++;
      }
      return at > start;
    }

    private static boolean isTchar(char c) {
      return (c >= '0' && c <= '9')
          || (c >= 'A' && c <= 'Z')
          || (c >= 'a' && c <= 'z')
          || TCHAR.indexOf(c) >= 0;
    }

    private boolean quoted() {
      if (!skip('"')) {
        return false;
      }
      while (at < text.length() && text.charAt(at) != '"') {
        if (text.charAt(at) == '\\') {
          at++;
        }
        if (at >= text.length() || text.charAt(at) < ' ' || text.charAt(at) > '~') {
          return false;
        }
        at++;
      }
      return skip('"');
    }

    private void blanks() {
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
    }

    private boolean skip(char wanted) {
      boolean there = at < text.length() && text.charAt(at) == wanted;
      at += there ? 1 : 0;
      return there;
    }
  }
}
