package org.certcollect.admin;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.certcollect.store.Order;
import org.certcollect.store.OrderFilter;
import org.certcollect.store.Store;
import org.certcollect.store.x509.SearchTerms;

/** A search for orders by one text, whichever of their properties it is. */
public final class OrderFinder {
  private OrderFinder() {}

  /**
   * The orders whose number, reference, SHA-256, serial number or domain name a text is, or whose
   * subject has all of its words; in this order, each once. Each property is an indexed search.
   */
  public static List<Order> find(Store store, String text, int limit) {
    String wanted = text.strip();
    Map<Long, Order> found = new LinkedHashMap<>();
    number(wanted)
        .flatMap(store.orders()::find)
        .ifPresent(order -> found.put(order.number(), order));
    List<Collection<String>> searches =
        List.of(
            List.of(SearchTerms.reference(wanted)),
            SearchTerms.sha256(wanted).stream().toList(),
            SearchTerms.serial(wanted).stream().toList(),
            SearchTerms.domain(wanted).stream().toList(),
            SearchTerms.words(wanted));
    for (Collection<String> terms : searches) {
      if (!terms.isEmpty() && found.size() < limit) {
        store
            .orders()
            .list(OrderFilter.first(limit).withTerms(terms))
            .forEach(order -> found.putIfAbsent(order.number(), order));
      }
    }
    return found.values().stream().limit(limit).toList();
  }

  private static Optional<Long> number(String text) {
    try {
      return text.matches("[0-9]{1,19}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
