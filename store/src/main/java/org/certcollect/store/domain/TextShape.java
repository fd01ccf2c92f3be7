package org.certcollect.store.domain;

/**
 * The shape of a text of fixed length.
 *
 * @param example a text in which each 0 stands for any digit, and all else for itself
 */
public record TextShape(String example) {
  public boolean fits(String text) {
    if (text.length() != example.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean fits = example.charAt(i) == '0' ? c >= '0' && c <= '9' : c == example.charAt(i);
      if (!fits) {
        return false;
      }
    }
    return true;
  }
}
