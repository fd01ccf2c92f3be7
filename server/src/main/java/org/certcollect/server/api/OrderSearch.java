package org.certcollect.server.api;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.certcollect.admin.EnumWords;
import org.certcollect.store.OrderFilter;
import org.certcollect.store.OrderTime;
import org.certcollect.store.OrderTime.Period;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.x509.SearchTerms;

/** A reader of searches for orders from the parameters of a query. */
final class OrderSearch {
  private static final Map<String, Function<String, Collection<String>>> TERMS =
      Map.of(
          "domain", text -> SearchTerms.domain(text).map(List::of).orElse(List.of()),
          "serial", text -> SearchTerms.serial(text).map(List::of).orElse(List.of()),
          "sha256", text -> SearchTerms.sha256(text).map(List::of).orElse(List.of()),
          "subject", SearchTerms::words,
          "reference", text -> List.of(SearchTerms.reference(text)),
          "note", SearchTerms::note);

  private OrderSearch() {}

  static OrderFilter filter(JsonObject query, Instant now) {
    OrderFilter filter =
        OrderFilter.first(1)
            .withAccount(Optional.ofNullable(query.getString("account")))
            .withState(word(OrderState.class, query.getString("state", "")))
            .withProduct(word(Product.class, query.getString("product", "")));
    for (var term : TERMS.entrySet()) {
      String text = query.getString(term.getKey());
      if (text != null) {
        Collection<String> terms = term.getValue().apply(text);
        if (terms.isEmpty()) {
          throw invalid(term.getKey());
        }
        filter = filter.withTerms(terms);
      }
    }
    for (OrderTime time : OrderTime.values()) {
      String name = time.name().toLowerCase(Locale.ROOT);
      Optional<Instant> since = instant(query, name + "Since");
      Optional<Instant> before = instant(query, name + "Before");
      if (since.isPresent() || before.isPresent()) {
        filter = filter.withPeriod(time, new Period(since, before));
      }
    }
    Long days = query.getLong("expiringWithinDays");
    return days == null
        ? filter
        : filter.withPeriod(OrderTime.EXPIRY, new Period(now, now.plus(Duration.ofDays(days))));
  }

  private static <E extends Enum<E>> Optional<E> word(Class<E> type, String word) {
    return EnumWords.read(type, word);
  }

  static Optional<Instant> instant(JsonObject query, String name) {
    try {
      return Optional.ofNullable(query.getString(name))
          .map(text -> Instant.ofEpochMilli(Instant.parse(text).toEpochMilli()));
    } catch (DateTimeParseException | ArithmeticException e) {
      throw invalid(name);
    }
  }

  private static ApiProblem invalid(String name) {
    return new ApiProblem(400, "invalid-request", "the parameter " + name + " cannot be searched");
  }
}
