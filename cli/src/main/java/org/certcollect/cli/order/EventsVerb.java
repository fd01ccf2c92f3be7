package org.certcollect.cli.order;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.admin.view.RecordFields;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.cli.verb.Converters;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.Event;
import org.certcollect.store.Events.EventFilter;
import org.certcollect.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "events",
    description = {
      "List what was changed in the store, by whom and when, oldest first.",
      "If there are more than --limit, a note on standard error gives the --after of the next page."
    })
public final class EventsVerb extends StoreVerb {
  private static final int MAX_LIMIT = 1_000_000;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Only changes since a day, a time in UTC or a time ago: 2026-05-14, 2026-05-14T12:00:00Z"
              + " or 7d.")
  private Optional<String> since = Optional.empty();

  @Option(
      names = "--actor",
      paramLabel = "NAME",
      description = "Only changes by this actor, for example cli:alice.")
  private Optional<String> actor = Optional.empty();

  @Option(names = "--order", paramLabel = "N", description = "Only changes of this order.")
  private Optional<Long> order = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Maximum number of events (default: 100).")
  private int limit = 100;

  @Option(
      names = "--after",
      paramLabel = "ID",
      description = "Only events after this one, as the note on the page before gives it.")
  private long after;

  private Optional<Instant> from = Optional.empty();

  public EventsVerb(Shell shell) {
    super(shell, Stores.Use.READ);
  }

  @Override
  protected void prepare() {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw CommandException.usage("--limit must be from 1 to " + MAX_LIMIT);
    }
    from = since.map(text -> Converters.instant("--since", text, shell().clock().instant()));
  }

  @Override
  protected void run(Store store) {
    OptionalLong number = order.map(OptionalLong::of).orElse(OptionalLong.empty());
    // One more event than is shown tells whether there are more.
    List<Event> found = store.events().list(new EventFilter(from, actor, number, after, limit + 1));
    List<Event> page = found.subList(0, Math.min(limit, found.size()));
    output()
        .list(page.stream().map(RecordFields::withSubject).toList(), json(), "No event matches.");
    if (found.size() > limit) {
      output().note("There are more events: continue with --after " + page.get(limit - 1).id());
    }
  }
}
