package org.certcollect.server.audit;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.certcollect.admin.AdminException;
import org.certcollect.admin.audit.AuditConfig;
import org.certcollect.admin.audit.AuditEntry;
import org.certcollect.admin.audit.AuditException;
import org.certcollect.admin.audit.AuditHead;
import org.certcollect.admin.audit.AuditLog;
import org.certcollect.protocol.CertificateForm;
import org.certcollect.server.auth.RefusalReason;
import org.certcollect.server.auth.RequestSource;
import org.certcollect.server.collect.AnsweredRequest;
import org.certcollect.server.collect.RequestRecorder;
import org.certcollect.server.log.LogEvent;
import org.certcollect.store.ChangeRecord;
import org.certcollect.store.CheckResult;
import org.certcollect.store.CollectionCodes;
import org.jspecify.annotations.Nullable;

/**
 * The audit of requests. Each request of a caller who has proved a right login or code has a record
 * of its own; those of strangers have one too, unless they send many ({@link RefusalCounts}). Safe
 * for use by many threads.
 */
public final class RequestAudit implements RequestRecorder, AutoCloseable {
  private static final Logger LOG = Logger.getLogger("certcollect.audit");
  private static final Duration PERIOD = Duration.ofMinutes(1);

  /** The time between checks of the files if each record is forced to the disk. */
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

  /** The maximum time for which the disk may take to confirm records of a server that is ready. */
  private static final Duration MAX_LAG = Duration.ofSeconds(10);

  /** A text that may be a collection code in the wrong place. */
  private static final Pattern CODE =
      Pattern.compile("[2-9A-HJ-NP-Z]{" + CollectionCodes.LENGTH + "}");

  private final AuditLog log;
  private final AuditWriter writer;
  private final boolean collects;
  private final Map<String, AuditHead> logged = new ConcurrentHashMap<>();

  /** The problem of the last attempt to sign the heads and tell them. */
  private volatile Optional<String> headProblem = Optional.empty();

  private final Duration maxLag;
  private final RefusalCounts refusals = new RefusalCounts(Clock.systemUTC());
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("audit", true));

  /**
   * Begins to audit.
   *
   * @param log the chain of this server, which this object closes
   */
  public RequestAudit(AuditLog log, AuditConfig config) {
    this.log = log;
    tellFindings();
    if (log.isEmpty()) {
      LogEvent.info("The audit log begins; if this server had one before, that was removed")
          .with("chain", log.chain())
          .to(LOG);
    }
    writer = new AuditWriter(log, config);
    collects = config.collects();
    maxLag = config.syncInterval().plus(MAX_LAG);
    writer.append(List.of(new AuditEntry("server.start").with("collects", collects)));
    if (!collects) {
      LogEvent.warning("audit.collects is off: nobody can tell who collected an order").to(LOG);
    }
    every(config.syncInterval().isZero() ? CHECK_INTERVAL : config.syncInterval(), this::sync);
    every(PERIOD, this::recordCounts);
    every(config.headInterval(), this::logHead);
  }

  private void every(Duration interval, Runnable task) {
    var unused =
        timer.scheduleWithFixedDelay(
            () -> attempt(task), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tellFindings() {
    log.takeFindings()
        .forEach(
            finding ->
                LogEvent.warning("The audit log is not as it was left; `audit verify` tells more")
                    .with("finding", finding)
                    .to(LOG));
  }

  private void attempt(Runnable task) {
    try {
      task.run();
      tellFindings();
    } catch (AuditException e) {
      writer.failed(e);
    } catch (RuntimeException e) {
      LogEvent.error("A task of the audit log failed", e).to(LOG);
    }
  }

  @Override
  public CompletableFuture<Void> record(AnsweredRequest request) {
    if (!collects || isCounted(request.source(), request.reason())) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> written = writer.write(entry(request), request.kept());
    return stranger(request.reason())
        .map(reason -> written.whenComplete((done, failure) -> count(request, reason, failure)))
        .orElse(written);
  }

  /** Counts a refusal that could not be recorded. */
  private void count(AnsweredRequest request, RefusalReason reason, @Nullable Throwable failure) {
    if (failure != null) {
      refusals.count(request.source(), reason);
    }
  }

  @Override
  public void record(AuditEntry entry, RequestSource source, Optional<RefusalReason> reason) {
    if (!isCounted(source, reason)) {
      writer.append(List.of(entry.with("source", source.name()).with("reason", reason)));
    }
  }

  private boolean isCounted(RequestSource source, Optional<RefusalReason> reason) {
    return stranger(reason).filter(why -> !refusals.isSingle(source, why)).isPresent();
  }

  private static Optional<RefusalReason> stranger(Optional<RefusalReason> reason) {
    return reason.filter(why -> !why.isAuthenticated());
  }

  private static AuditEntry entry(AnsweredRequest request) {
    return new AuditEntry("collect")
        .with("request", request.id())
        .with("endpoint", request.endpoint())
        .with("source", request.source().name())
        .with("login", request.login().map(login -> login(login, request)))
        .with("account", request.account())
        .with("order", request.order())
        .with("format", request.form().map(CertificateForm::title))
        .with("status", request.status().code())
        .with("argument", request.argument())
        .with("reason", request.reason());
  }

  private static String login(String sent, AnsweredRequest request) {
    return request.account().isEmpty() && CODE.matcher(sent).matches()
        ? "(like a collection code)"
        : sent;
  }

  /** Records changes of the store, before they are made. */
  public void changes(List<ChangeRecord> changes) {
    writer.append(changes.stream().map(AuditEntry::of).toList());
  }

  private void recordCounts() {
    refusals.end(writer::append);
  }

  private void sync() {
    log.sync();
    if (headProblem.isPresent()) {
      logHead();
    }
  }

  void logHead() {
    try {
      tellHeads();
      headProblem = Optional.empty();
    } catch (AdminException e) {
      if (headProblem.isEmpty()) {
        LogEvent.warning("The head of the audit log cannot be signed; requests are still answered")
            .with("problem", e.getMessage())
            .to(LOG);
      }
      headProblem = Optional.of(e.getMessage());
    }
  }

  private void tellHeads() {
    var unused = log.signHead();
    // The heads of commands are logged too: nothing else keeps them apart from the audit log.
    for (AuditHead head : log.folder().heads()) {
      if (!head.equals(logged.put(head.node(), head))) {
        LogEvent.info("Audit head").with("head", head).to(LOG);
      }
    }
  }

  @Override
  public Duration lag() {
    Duration inLog = log.lag();
    Duration underWay = writer.lag();
    return inLog.compareTo(underWay) > 0 ? inLog : underWay;
  }

  @Override
  public Optional<String> node() {
    return Optional.of(log.chain());
  }

  /** Tries again to record something if the last attempt failed: no request may come to do so. */
  @Override
  public CheckResult check() {
    if (writer.isStuck()) {
      return late(writer.lag());
    }
    try {
      if (writer.isFailing()) {
        log.sync();
        writer.append(List.of(new AuditEntry("audit.resumed")));
      }
    } catch (AdminException e) {
      return CheckResult.failed(e.getMessage());
    }
    Duration lag = log.lag();
    return lag.compareTo(maxLag) > 0
        ? late(lag)
        : headProblem.map(CheckResult::failed).orElse(CheckResult.OK);
  }

  private static CheckResult late(Duration lag) {
    return CheckResult.failed(
        "records have waited for the disk for " + lag.toSeconds() + " seconds");
  }

  /** Records what was counted, signs the head and closes the log. */
  @Override
  public void close() {
    timer.shutdown();
    try {
      // An interrupt would end a task under way halfway.
      var unused = timer.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    writer.close();
    attempt(this::recordCounts);
    attempt(() -> writer.append(List.of(new AuditEntry("server.stop"))));
    attempt(this::logHead);
    attempt(log::close);
  }
}
