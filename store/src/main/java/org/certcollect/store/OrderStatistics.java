package org.certcollect.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.certcollect.store.domain.OrderState;

/**
 * The numbers of orders, as they were at one time.
 *
 * @param byState the number of orders in each state
 * @param oldestProcessing since when the order that has been processed longest is; empty for none
 * @param expiring the number of issued certificates that expire within each time from now on
 */
public record OrderStatistics(
    Map<OrderState, Long> byState,
    Optional<Instant> oldestProcessing,
    Map<Duration, Long> expiring) {
  public OrderStatistics {
    byState = Map.copyOf(byState);
    expiring = Map.copyOf(expiring);
  }
}
