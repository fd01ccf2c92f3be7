package org.certcollect.cli.order;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.certcollect.admin.EnumWords;
import org.certcollect.admin.view.Fields;
import org.certcollect.admin.view.RecordFields;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.output.Csv;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.cli.verb.SelectionOptions;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.IssuedReference;
import org.certcollect.store.Order;
import org.certcollect.store.OrderFilter;
import org.certcollect.store.OrderTime;
import org.certcollect.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    description = {
      "List orders by number, or with options about times along the time of the first of these:"
          + " expiry, processing, issue, creation, change.",
      "If there are more than --limit, a note on standard error gives the --after of the next page."
    })
public final class OrderListVerb extends StoreVerb {
  private static final int MAX_LIMIT = 1_000_000;
  private static final int PAGE = 100;
  private static final int CSV_PAGE = 1_000;

  @Mixin private final SelectionOptions selection = new SelectionOptions();

  @Mixin private final SearchOptions search = new SearchOptions();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Maximum number of orders (default: 100, with --csv all).")
  private Optional<Integer> limit = Optional.empty();

  @Option(
      names = "--after",
      paramLabel = "N[@TIME]",
      converter = ListPosition.Words.class,
      description =
          "Only orders after this one: its number, in a list along a time also that time, as the"
              + " note on the page before gives it.")
  private ListPosition after = ListPosition.START;

  @Option(names = "--csv", description = "Print CSV (RFC 4180) for a spreadsheet.")
  private boolean csv;

  @Option(names = "--wide", description = "Print every column.")
  private boolean wide;

  public OrderListVerb(Shell shell) {
    super(shell, Stores.Use.READ);
  }

  @Override
  protected void prepare() {
    if (limit.filter(n -> n < 1 || n > MAX_LIMIT).isPresent()) {
      throw CommandException.usage("--limit must be from 1 to " + MAX_LIMIT);
    }
    if (csv && json()) {
      throw CommandException.usage("--csv and --json: choose one");
    }
    search.read(shell().clock().instant());
    if (after.time().isPresent() && !search.isAlongTime()) {
      throw CommandException.usage(
          "--after N@TIME is only for a list along a time: otherwise use --after N");
    }
  }

  @Override
  protected void run(Store store) {
    OrderFilter all =
        search.applied(
            OrderFilter.first(limit.orElse(csv ? CSV_PAGE : PAGE))
                .withAccount(selection.account(store))
                .withState(selection.state())
                .withProduct(selection.product()));
    Optional<Instant> time =
        after.number() > 0
            ? all.along().map(along -> after.time().orElseGet(() -> timeNow(store, all)))
            : Optional.empty();
    OrderFilter first = all.withAfter(after.number(), time);
    if (csv) {
      printCsv(store, first);
    } else {
      printPage(store, first);
    }
  }

  private Instant timeNow(Store store, OrderFilter list) {
    OrderTime along = list.along().orElseThrow();
    return store
        .orders()
        .find(after.number())
        .flatMap(along::of)
        .filter(
            time ->
                list.periods().values().stream().limit(1).allMatch(first -> first.contains(time)))
        .orElseThrow(
            () ->
                CommandException.refused(
                    String.format(
                        Locale.ROOT,
                        "order %d is not, or no longer, in this list: use the --after that the end"
                            + " of the page before has printed",
                        after.number())));
  }

  private void printPage(Store store, OrderFilter filter) {
    int size = filter.limit();
    // One more order than is shown tells whether there are more.
    List<Order> found = store.orders().list(filter.withLimit(size + 1));
    List<Order> page = found.subList(0, Math.min(size, found.size()));
    output()
        .list(
            page.stream()
                .map(order -> json() || wide ? RecordFields.of(order) : row(order))
                .toList(),
            json(),
            "No order matches.");
    if (found.size() > size) {
      noteMore(filter.after(page.get(size - 1)));
    }
  }

  /** The fields that fit a row on a terminal of 80 columns. */
  private static Fields row(Order order) {
    return new Fields()
        .add("number", order.number())
        .add("account", order.account())
        .add("name", order.name())
        .add(
            "state",
            EnumWords.of(order.state())
                + order.reissueSince().map(t -> ", reissuing").orElse("")
                + order.heldSince().map(t -> ", held").orElse(""))
        .add("expiry", order.certificate().map(IssuedReference::notAfter));
  }

  private void noteMore(OrderFilter next) {
    output().note("There are more orders: continue with --after " + ListPosition.of(next));
  }

  private void printCsv(Store store, OrderFilter first) {
    Csv lines = new Csv(shell().surroundings().out());
    lines.header(RecordFields.ofOrders());
    long left = limit.map(Integer::longValue).orElse(Long.MAX_VALUE);
    OrderFilter filter = first;
    while (left > 0) {
      int size = (int) Math.min(CSV_PAGE, left);
      List<Order> page = store.orders().list(filter.withLimit(size));
      page.forEach(order -> lines.row(RecordFields.of(order)));
      if (!lines.flush()) {
        throw CommandException.unread();
      }
      left = page.size() < size ? 0 : left - size;
      filter = page.isEmpty() ? filter : filter.after(page.get(page.size() - 1));
    }
    if (limit.isPresent() && !store.orders().list(filter.withLimit(1)).isEmpty()) {
      noteMore(filter);
    }
  }
}
