package org.certcollect.cli.order;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.cli.verb.Converters;
import org.certcollect.store.OrderFilter;
import org.certcollect.store.OrderTime;
import org.certcollect.store.OrderTime.Period;
import org.certcollect.store.x509.SearchTerms;
import picocli.CommandLine.Option;

/** The options that search orders by their certificates, requests and times. */
final class SearchOptions {
  private static final String OR_LATER =
      " at TIME or later: a day, a time in UTC or a time ago (2026-05-14, 2026-05-14T12:00:00Z,"
          + " 7d).";
  private static final String ONLY = "Only orders that were ";

  @Option(
      names = "--domain",
      paramLabel = "NAME",
      description =
          "Only orders for this domain name, in a certificate they have or had, or a request;"
              + " '*.example.com' finds every name below it.")
  private Optional<String> domain = Optional.empty();

  @Option(
      names = "--serial",
      paramLabel = "HEX",
      description = "Only orders with a certificate of this serial number, in hexadecimal.")
  private Optional<String> serial = Optional.empty();

  @Option(
      names = "--sha256",
      paramLabel = "HEX",
      description = "Only orders with the certificate of this SHA-256, in hexadecimal.")
  private Optional<String> sha256 = Optional.empty();

  @Option(
      names = "--subject",
      paramLabel = "TEXT",
      description =
          "Only orders with all these words in the subject or the e-mail addresses of a certificate"
              + " or request; case does not matter.")
  private Optional<String> subject = Optional.empty();

  @Option(
      names = "--reference",
      paramLabel = "TEXT",
      description = "Only orders with this reference; case does not matter.")
  private Optional<String> reference = Optional.empty();

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      description = "Only orders with all these words in the note; case does not matter.")
  private Optional<String> note = Optional.empty();

  @Option(names = "--created-since", paramLabel = "TIME", description = ONLY + "added" + OR_LATER)
  private Optional<String> createdSince = Optional.empty();

  @Option(
      names = "--created-before",
      paramLabel = "TIME",
      description = ONLY + "added before TIME.")
  private Optional<String> createdBefore = Optional.empty();

  @Option(names = "--issued-since", paramLabel = "TIME", description = ONLY + "issued" + OR_LATER)
  private Optional<String> issuedSince = Optional.empty();

  @Option(
      names = "--issued-before",
      paramLabel = "TIME",
      description = ONLY + "issued before TIME.")
  private Optional<String> issuedBefore = Optional.empty();

  @Option(names = "--changed-since", paramLabel = "TIME", description = ONLY + "changed" + OR_LATER)
  private Optional<String> changedSince = Optional.empty();

  @Option(
      names = "--changed-before",
      paramLabel = "TIME",
      description = ONLY + "changed before TIME.")
  private Optional<String> changedBefore = Optional.empty();

  @Option(
      names = "--expiring-within",
      paramLabel = "TIME",
      description =
          "Only issued orders whose certificate expires within this time, for example 30d or 12h.")
  private Optional<Duration> expiringWithin = Optional.empty();

  @Option(
      names = "--expired",
      description =
          "Only issued orders whose certificate has expired; with --expiring-within both.")
  private boolean expired;

  @Option(
      names = "--processing-longer-than",
      paramLabel = "TIME",
      description = "Only orders that have been processed for longer than this, for example 3d.")
  private Optional<Duration> processing = Optional.empty();

  private Collection<String> terms = Set.of();
  private final Map<OrderTime, Period> periods = new LinkedHashMap<>();

  /** Reads the options, whose errors are those of wrong usage. */
  void read(Instant now) {
    Set<String> all = new LinkedHashSet<>();
    sha256.ifPresent(
        hex ->
            all.add(
                SearchTerms.sha256(hex)
                    .orElseThrow(() -> wrong("--sha256", hex, "64 hexadecimal digits"))));
    serial.ifPresent(
        hex ->
            all.add(
                SearchTerms.serial(hex)
                    .orElseThrow(() -> wrong("--serial", hex, "a hexadecimal number"))));
    domain.ifPresent(
        name ->
            all.add(
                SearchTerms.domain(name)
                    .orElseThrow(
                        () -> wrong("--domain", name, "a domain name, or one after '*.'"))));
    subject.ifPresent(text -> all.addAll(words("--subject", text, SearchTerms.words(text))));
    reference.ifPresent(text -> all.add(SearchTerms.reference(text)));
    note.ifPresent(text -> all.addAll(words("--note", text, SearchTerms.note(text))));
    terms = all;
    if (expired || expiringWithin.isPresent()) {
      periods.put(
          OrderTime.EXPIRY,
          new Period(
              expired ? Optional.empty() : Optional.of(now),
              Optional.of(expiringWithin.map(now::plus).orElse(now))));
    }
    processing.ifPresent(time -> periods.put(OrderTime.PROCESSING, Period.before(now.minus(time))));
    add(OrderTime.ISSUED, "--issued", issuedSince, issuedBefore, now);
    add(OrderTime.CREATED, "--created", createdSince, createdBefore, now);
    add(OrderTime.CHANGED, "--changed", changedSince, changedBefore, now);
  }

  private static Collection<String> words(String option, String text, Collection<String> words) {
    if (words.isEmpty()) {
      throw wrong(option, text, "a text with a letter or digit");
    }
    return words;
  }

  private void add(
      OrderTime time, String option, Optional<String> since, Optional<String> before, Instant now) {
    if (since.isPresent() || before.isPresent()) {
      periods.put(
          time,
          new Period(
              since.map(text -> Converters.instant(option + "-since", text, now)),
              before.map(text -> Converters.instant(option + "-before", text, now))));
    }
  }

  private static CommandException wrong(String option, String text, String wanted) {
    return CommandException.usage("%s: '%s' is not %s".formatted(option, text, wanted));
  }

  boolean isAlongTime() {
    return !periods.isEmpty();
  }

  OrderFilter applied(OrderFilter filter) {
    OrderFilter result = filter.withTerms(terms);
    for (Map.Entry<OrderTime, Period> period : periods.entrySet()) {
      result = result.withPeriod(period.getKey(), period.getValue());
    }
    return result;
  }
}
