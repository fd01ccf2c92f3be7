package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.certcollect.store.domain.OrderValidation;
import org.certcollect.store.domain.OrderValidation.ProductTerm;
import org.certcollect.store.domain.OrderValidation.StepProgress;
import org.certcollect.store.domain.OrderValidation.ValidatedDomain;
import org.certcollect.store.domain.OrderValidation.ValidationState;
import org.certcollect.store.domain.OrderValidation.ValidationStep;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;

/** The mapping of validation details to their table, {@code validation v}. */
public final class ValidationRow {
  public static final String COLUMNS = "v.status, v.steps, v.domains, v.term_start, v.term_end";
  public static final String INSERTED =
      "order_number, status, steps, domains, term_start, term_end";
  public static final String INSERT = Session.insert("validation", INSERTED);
  private static final String REPLACE =
      INSERT
          + """
           ON CONFLICT (order_number) DO UPDATE SET status = excluded.status,
           steps = excluded.steps, domains = excluded.domains,
           term_start = excluded.term_start, term_end = excluded.term_end
          """;
  private static final String BY_ORDER =
      "SELECT " + COLUMNS + " FROM validation v WHERE v.order_number = ?";

  private ValidationRow() {}

  static Optional<OrderValidation> find(Session session, long order) throws SQLException {
    return session.first(BY_ORDER, ValidationRow::read, order);
  }

  static void replace(Session session, long order, OrderValidation validation) throws SQLException {
    session.update(REPLACE, values(order, validation));
  }

  /** The values of {@link #INSERTED}. */
  public static Object[] values(long order, OrderValidation validation) {
    return new Object[] {
      order,
      validation.status().map(Enum::name),
      steps(validation),
      domains(validation),
      validation.term().map(ProductTerm::start),
      validation.term().map(ProductTerm::end)
    };
  }

  /**
   * A change of the details as an event tells it: what is new, after a minus what is gone. An event
   * with all details would be long, and an order may have many events.
   */
  static Optional<String> change(OrderValidation before, OrderValidation after) {
    Map<String, String> old = parts(before);
    Map<String, String> now = parts(after);
    Stream<String> set =
        now.entrySet().stream()
            .filter(part -> !part.getValue().equals(old.get(part.getKey())))
            .map(Map.Entry::getValue);
    Stream<String> gone =
        old.entrySet().stream()
            .filter(part -> !now.containsKey(part.getKey()))
            .map(part -> "-" + part.getValue());
    return Optional.of(Stream.concat(set, gone).collect(Collectors.joining(" ")))
        .filter(text -> !text.isEmpty());
  }

  /** The words of some details by what each is about. */
  private static Map<String, String> parts(OrderValidation validation) {
    Map<String, String> parts = new LinkedHashMap<>();
    validation.status().ifPresent(status -> parts.put("status", status.name()));
    Stream.of(steps(validation), domains(validation))
        .flatMap(text -> words(text).stream())
        .forEach(word -> parts.put(word[0] + "=", word[0] + "=" + word[1]));
    validation.term().ifPresent(term -> parts.put("term", term.start() + "/" + term.end()));
    return parts;
  }

  public static OrderValidation read(Row row) throws SQLException {
    Map<ValidationStep, StepProgress> steps = new EnumMap<>(ValidationStep.class);
    for (String[] word : words(row.text("steps"))) {
      steps.put(ValidationStep.valueOf(word[0]), StepProgress.valueOf(word[1]));
    }
    List<ValidatedDomain> domains =
        words(row.text("domains")).stream()
            .map(word -> new ValidatedDomain(word[0], StepProgress.valueOf(word[1])))
            .toList();
    OptionalLong start = row.optionalNumber("term_start");
    Optional<ProductTerm> term =
        start.isPresent()
            ? Optional.of(new ProductTerm(row.instant("term_start"), row.instant("term_end")))
            : Optional.empty();
    return new OrderValidation(
        row.optionalText("status").map(ValidationState::valueOf), steps, domains, term);
  }

  /** The details of a row that may be the empty half of an outer join. */
  static OrderValidation readIfThere(Row row) throws SQLException {
    return row.optionalText("steps").isPresent() ? read(row) : OrderValidation.NONE;
  }

  private static String steps(OrderValidation validation) {
    return new TreeMap<>(validation.steps())
        .entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(" "));
  }

  private static String domains(OrderValidation validation) {
    return validation.domains().stream()
        .map(domain -> domain.name() + "=" + domain.dcv())
        .collect(Collectors.joining(" "));
  }

  private static List<String[]> words(String text) {
    return Arrays.stream(text.split(" "))
        .filter(word -> !word.isEmpty())
        .map(word -> word.split("=", 2))
        .toList();
  }
}
