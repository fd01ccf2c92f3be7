package org.certcollect.protocol;

/** Something that an argument's value must fulfil. {@link Rules} has those of the specification. */
@FunctionalInterface
public interface Rule {
  /**
   * Whether the value is right.
   *
   * @param value not empty
   * @param others all arguments of the request; those that stand before this one in the table
   *     fulfil their own rules already
   */
  boolean accepts(String value, ArgumentValues others);
}
