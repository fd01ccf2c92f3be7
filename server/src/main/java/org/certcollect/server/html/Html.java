package org.certcollect.server.html;

import java.util.function.IntUnaryOperator;

/**
 * A piece of HTML in ASCII. Text becomes one only by {@link #text} or {@link #value}, so that no
 * text is ever read as markup.
 */
public record Html(String markup) {
  public static final Html NONE = new Html("");

  /**
   * A text that is shown. Characters outside ASCII become references. Those that cannot be seen, of
   * which some turn the direction of writing, become the replacement character.
   */
  public static Html text(String text) {
    return escaped(text, c -> isHidden(c) ? 0xFFFD : c);
  }

  /** The value of a field that is not shown: a browser sends it again, with all its characters. */
  public static Html value(String text) {
    return escaped(text, c -> c);
  }

  private static Html escaped(String text, IntUnaryOperator shown) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if ((c < 0x80 && Character.isLetterOrDigit(c)) || " .,:;-_/()@+=\n".indexOf(c) >= 0) {
                escaped.append((char) c);
              } else {
                escaped.append("&#").append(shown.applyAsInt(c)).append(';');
              }
            });
    return new Html(escaped.toString());
  }

  private static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** A link to a place that an operator's setting names. */
  public static Html link(String target, Html shown) {
    return new Html("<a href=\"" + text(target).markup + "\">" + shown.markup + "</a>");
  }
}
