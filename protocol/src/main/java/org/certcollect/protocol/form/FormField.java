package org.certcollect.protocol.form;

/**
 * A field of a form, decoded. Its {@code toString} shows neither name nor value: the value may be a
 * password.
 */
public record FormField(String name, String value) {
  @Override
  public String toString() {
    return "FormField[masked]";
  }
}
