package org.certcollect.protocol.form;

/**
 * A name and a value of a form, as a caller sent them, decoded. Its {@code toString} shows neither:
 * a value may be a password.
 */
public record FormField(String name, String value) {
  @Override
  public String toString() {
    return "FormField[masked]";
  }
}
