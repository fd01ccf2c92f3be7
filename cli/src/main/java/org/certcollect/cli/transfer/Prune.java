package org.certcollect.cli.transfer;

import java.time.Instant;
import java.util.Optional;
import org.certcollect.admin.view.Fields;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.output.Texts;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.cli.verb.ConfirmedVerb;
import org.certcollect.cli.verb.Converters;
import org.certcollect.cli.verb.Shell;
import org.certcollect.store.Retention.Counts;
import org.certcollect.store.Retention.Rule;
import org.certcollect.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "prune",
    description = {
      "Delete old events, and orders that ended long ago. A server may run meanwhile.",
      "An order has ended if it was rejected or revoked, or if its newest certificate expired;"
          + " while it is held or reissued, it has not."
    })
public final class Prune extends ConfirmedVerb {
  @Option(
      names = "--events-older-than",
      paramLabel = "AGE",
      description = "Delete events of that age, for example 400d or 7y, or from before a day.")
  private Optional<String> eventsAge = Optional.empty();

  @Option(
      names = "--orders-older-than",
      paramLabel = "AGE",
      description = "Delete orders that ended so long ago, with their certificates and events.")
  private Optional<String> ordersAge = Optional.empty();

  @Option(
      names = "--account",
      paramLabel = "LOGIN",
      description = "Only events and orders of this account (default: all).")
  private Optional<String> account = Optional.empty();

  private Rule rule = new Rule(Optional.empty(), Optional.empty(), Optional.empty());
  private Counts found = new Counts(0, 0);

  public Prune(Shell shell) {
    super(shell, Stores.Use.CHANGE);
  }

  @Override
  protected void prepare() {
    rule =
        new Rule(
            before("--events-older-than", eventsAge),
            before("--orders-older-than", ordersAge),
            account);
    if (rule.events().isEmpty() && rule.orders().isEmpty()) {
      throw CommandException.usage(
          "the command names nothing to delete: give --events-older-than, --orders-older-than, or"
              + " both");
    }
  }

  private Optional<Instant> before(String option, Optional<String> age) {
    if (age.filter(text -> text.strip().matches("[0-9]+[smh]")).isPresent()) {
      throw CommandException.usage(
          option
              + " takes days, years or a date, for example 548d: s, m and h are seconds, minutes"
              + " and hours");
    }
    Instant now = shell().clock().instant();
    Optional<Instant> before = age.map(text -> Converters.instant(option, text, now));
    if (before.filter(time -> time.isAfter(now)).isPresent()) {
      throw CommandException.usage(option + " must not be in the future");
    }
    return before;
  }

  @Override
  protected String question(Store store) {
    return "Delete %s? Only a backup can bring them back.".formatted(words(found));
  }

  @Override
  protected Change rehearse(Store store) {
    found = store.retention().count(rule);
    return change(found, " to delete");
  }

  @Override
  protected Change change(Store store) {
    Progress progress =
        new Progress(shell().surroundings().err(), shell().surroundings().terminal());
    Counts deleted =
        store
            .retention()
            .prune(
                rule, shell().actor(), counts -> progress.show(() -> words(counts) + " deleted"));
    progress.pause();
    return change(deleted, " deleted");
  }

  private Change change(Counts counts, String what) {
    return new Change(
        words(counts) + what,
        new Fields()
            .add("events", counts.events())
            .add("orders", counts.orders())
            .addPresent("eventsBefore", rule.events())
            .addPresent("ordersBefore", rule.orders())
            .addPresent("account", rule.account()));
  }

  private static String words(Counts counts) {
    return Texts.count(counts.orders(), "order") + ", " + Texts.count(counts.events(), "event");
  }
}
