package org.certcollect.cli.message;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.certcollect.admin.view.Fields;
import org.certcollect.admin.view.MessageFields;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.output.Texts;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.Messages;
import org.certcollect.store.Outbox;
import org.certcollect.store.Pushes;
import org.certcollect.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verbs that {@code mail} and {@code push} have alike. */
public final class MessageVerbs {
  private MessageVerbs() {}

  /**
   * A kind of messages.
   *
   * @param noun the word for one
   */
  public record Kind<M extends Messages.Entry>(
      String noun, Function<Store, Messages<M>> messages, Function<M, Fields> fields) {
    public static final Kind<Outbox.Message> MAIL =
        new Kind<>("e-mail", Store::outbox, MessageFields::of);
    public static final Kind<Pushes.Notification> PUSH =
        new Kind<>("push notification", Store::pushes, MessageFields::of);
  }

  @Command
  public static final class MessageList<M extends Messages.Entry> extends StoreVerb {
    private static final int MAX_LIMIT = 100_000;

    private final Kind<M> kind;

    @Option(names = "--failed", description = "Only those that were given up.")
    private boolean failed;

    @Option(
        names = "--limit",
        paramLabel = "N",
        description = "Maximum number of them (default: 100).")
    private int limit = 100;

    @Option(
        names = "--after",
        paramLabel = "ID",
        description = "Only those after this one, as the note on the page before gives it.")
    private long after;

    public MessageList(Shell shell, Kind<M> kind) {
      super(shell, Stores.Use.READ);
      this.kind = kind;
    }

    @Override
    protected void prepare() {
      if (limit < 1 || limit > MAX_LIMIT) {
        throw CommandException.usage("--limit must be from 1 to " + MAX_LIMIT);
      }
    }

    @Override
    protected void run(Store store) {
      // One more than is shown tells whether there are more.
      List<M> found = kind.messages.apply(store).list(failed, after, limit + 1);
      List<M> page = found.subList(0, Math.min(limit, found.size()));
      output()
          .list(
              page.stream().map(kind.fields).toList(),
              json(),
              "No " + kind.noun + (failed ? " was given up." : " waits."));
      if (found.size() > limit) {
        output()
            .note(
                "There are more "
                    + kind.noun
                    + "s: continue with --after "
                    + page.get(limit - 1).id());
      }
    }
  }

  @Command
  public static final class MessageRetry<M extends Messages.Entry> extends StoreVerb {
    private final Kind<M> kind;

    @Parameters(
        arity = "0..1",
        paramLabel = "ID",
        description = "Number of the message, as `list` shows it.")
    private Optional<Long> id = Optional.empty();

    @Option(names = "--failed", description = "All that were given up.")
    private boolean failed;

    public MessageRetry(Shell shell, Kind<M> kind) {
      super(shell, Stores.Use.CHANGE);
      this.kind = kind;
    }

    @Override
    protected void prepare() {
      if (id.isPresent() == failed) {
        throw CommandException.usage("give either the number of a message or --failed");
      }
    }

    @Override
    protected void run(Store store) {
      int count =
          kind.messages
              .apply(store)
              .retry(id.map(OptionalLong::of).orElseGet(OptionalLong::empty), shell().actor());
      done(
          Texts.count(count, kind.noun) + " will be sent again",
          new Fields().add("retried", count));
    }
  }

  @Command
  public static final class MessageDrop<M extends Messages.Entry> extends StoreVerb {
    private final Kind<M> kind;

    @Parameters(
        arity = "1..*",
        paramLabel = "ID",
        description = "Numbers of the messages, as `list` shows them.")
    private List<Long> ids = List.of();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Reason, for the history.")
    private Optional<String> reason = Optional.empty();

    public MessageDrop(Shell shell, Kind<M> kind) {
      super(shell, Stores.Use.CHANGE);
      this.kind = kind;
    }

    @Override
    protected void run(Store store) {
      store.atomically(
          whole -> {
            ids.forEach(id -> kind.messages.apply(whole).drop(id, reason, shell().actor()));
            return ids.size();
          });
      done(
          Texts.count(ids.size(), kind.noun) + " will not be sent",
          new Fields().add("dropped", ids));
    }
  }
}
