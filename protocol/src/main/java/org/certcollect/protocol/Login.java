package org.certcollect.protocol;

import java.util.List;

/**
 * A claim to an order by the login and password of the account that owns it.
 *
 * @param order the numbers by which it is named, at least one, in the order of the dialect's table.
 *     All must lead to the same order; otherwise the first that does not is to blame
 */
public record Login(LoginName name, LoginPassword password, List<OrderReference> order)
    implements OrderClaim {
  public Login {
    order = List.copyOf(order);
  }
}
