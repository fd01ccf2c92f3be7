package org.certcollect.protocol;

/**
 * A number by which a client with a login names an order.
 *
 * @param number at least 1
 * @param argument the name of the argument that it came in, which is to blame if the number does
 *     not lead to an order of the caller
 */
public record OrderReference(Numbered numbered, long number, String argument) {
  /** The thing that has the number. */
  public enum Numbered {
    /** The order: its newest certificate, or the request for it. */
    ORDER,
    /** One certificate of the order, the newest or a replaced one. */
    CERTIFICATE,
    /** The first of an order and those that replace its certificate, which is the order itself. */
    BASE_ORDER
  }
}
