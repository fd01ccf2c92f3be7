package org.certcollect.cli.order;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.certcollect.cli.CommandException;
import org.certcollect.cli.Shell;
import org.certcollect.cli.StoreVerb;
import org.certcollect.cli.config.Units;
import org.certcollect.store.Order;
import org.certcollect.store.OrderFilter;
import org.certcollect.store.OrderState;
import org.certcollect.store.Product;
import org.certcollect.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Lists orders, a page at a time. */
@Command(name = "list", description = "Lists orders by number, a page at a time.")
public final class OrderList extends StoreVerb {
  private static final int MOST = 1_000_000;

  @Option(names = "--account", paramLabel = "L", description = "Only this account's.")
  private Optional<String> account = Optional.empty();

  @Option(
      names = "--state",
      paramLabel = "S",
      converter = Words.States.class,
      description = "Only awaiting-payment, processing, issued, revoked or rejected ones.")
  private Optional<OrderState> state = Optional.empty();

  @Option(
      names = "--product",
      paramLabel = "P",
      converter = Words.Products.class,
      description = "Only ssl or ccc.")
  private Optional<Product> product = Optional.empty();

  @Option(
      names = "--expiring-within",
      paramLabel = "30d",
      converter = Time.class,
      description = "Only issued ones whose certificate expires within that time, or has expired.")
  private Optional<Duration> within = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "The page's size; 100.")
  private int limit = 100;

  @Option(names = "--after", paramLabel = "N", description = "Go on after this order number.")
  private long after;

  public OrderList(Shell shell) {
    super(shell, Access.READS);
  }

  @Override
  protected void prepare() {
    if (limit < 1 || limit > MOST) {
      throw CommandException.usage("--limit is from 1 to " + MOST);
    }
  }

  @Override
  protected void run(Store store) {
    // One more than is shown tells whether there are more.
    List<Order> found =
        store
            .orders()
            .list(
                new OrderFilter(
                    account,
                    state,
                    product,
                    within.map(shell().clock().instant()::plus),
                    after,
                    limit + 1));
    List<Order> page = found.subList(0, Math.min(limit, found.size()));
    shell().output().records(page.stream().map(OrderFields::of).toList(), json());
    if (found.size() > limit) {
      shell().output().note("There are more: go on with --after " + page.get(limit - 1).number());
    }
  }

  /** Reads times such as {@code 30d}. */
  static final class Time implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return Units.readDuration(text)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'%s' is no time such as 30d, 12h or 10m".formatted(text)));
    }
  }
}
