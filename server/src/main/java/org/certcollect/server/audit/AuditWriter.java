package org.certcollect.server.audit;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.certcollect.admin.AdminException;
import org.certcollect.admin.audit.AuditConfig;
import org.certcollect.admin.audit.AuditEntry;
import org.certcollect.admin.audit.AuditLog;
import org.certcollect.server.log.LogEvent;

/**
 * The way of entries into the audit log. An entry is written by the thread that has it, the event
 * loop included: to append some hundred bytes to a file takes microseconds, and two changes of
 * thread take longer. The entries of one turn of an event loop share a write at its end, if their
 * answers may wait for it. While the disk is slow, or if each record is forced to the disk, a
 * thread of its own writes all that wait by one write. Safe for use by many threads.
 */
final class AuditWriter implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("certcollect.audit");
  private static final long SLOW_NANOS = Duration.ofMillis(20).toNanos();
  private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int MAX_WAITING = 4_000;
  private static final long MAX_WAIT_SECONDS = 5;
  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

  private final AuditLog log;
  private final boolean syncsAlways;
  private final BlockingQueue<WaitingEntry> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final ThreadLocal<List<WaitingEntry>> turn = ThreadLocal.withInitial(ArrayList::new);
  private final Thread thread;
  private volatile long pausedUntil = System.nanoTime();
  private volatile boolean failing;

  private record WaitingEntry(AuditEntry entry, CompletableFuture<Void> written) {}

  AuditWriter(AuditLog log, AuditConfig config) {
    this.log = log;
    syncsAlways = config.syncInterval().isZero();
    thread = new Thread(this::work, "audit-writer");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Writes an entry.
   *
   * @param mayWait whether an event loop may go on with its turn before
   * @return complete when it is written; it fails within seconds if that is not possible
   */
  CompletableFuture<Void> write(AuditEntry entry, boolean mayWait) {
    if (syncsAlways || System.nanoTime() - pausedUntil < 0) {
      CompletableFuture<Void> written = new CompletableFuture<>();
      return waiting.offer(new WaitingEntry(entry, written))
          ? written.orTimeout(MAX_WAIT_SECONDS, TimeUnit.SECONDS)
          : CompletableFuture.failedFuture(new RejectedExecutionException());
    }
    Context loop = mayWait ? Vertx.currentContext() : null;
    if (loop != null && Context.isOnEventLoopThread()) {
      List<WaitingEntry> entries = turn.get();
      if (entries.isEmpty()) {
        loop.runOnContext(end -> endTurn(entries));
      }
      CompletableFuture<Void> written = new CompletableFuture<>();
      entries.add(new WaitingEntry(entry, written));
      return written;
    }
    try {
      appendTimed(List.of(entry));
      return DONE;
    } catch (AdminException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void endTurn(List<WaitingEntry> entries) {
    List<WaitingEntry> taken = List.copyOf(entries);
    entries.clear();
    write(taken);
  }

  private void write(List<WaitingEntry> taken) {
    try {
      appendTimed(taken.stream().map(WaitingEntry::entry).toList());
    } catch (RuntimeException | Error e) {
      taken.forEach(entry -> entry.written.completeExceptionally(e));
      return;
    }
    taken.forEach(entry -> entry.written.complete(null));
  }

  private void appendTimed(List<AuditEntry> entries) {
    long start = System.nanoTime();
    try {
      append(entries);
    } finally {
      long end = System.nanoTime();
      if (end - start > SLOW_NANOS) {
        pausedUntil = end + PAUSE_NANOS;
      }
    }
  }

  /** Writes entries on the caller's thread. */
  void append(List<AuditEntry> entries) {
    try {
      log.append(entries);
    } catch (AdminException e) {
      failed(e);
      throw e;
    }
    if (failing) {
      failing = false;
      LogEvent.info("The audit log can be written again").to(LOG);
    }
  }

  void failed(AdminException problem) {
    if (!failing) {
      failing = true;
      LogEvent.warning(
              "The audit log cannot be written. Until it can, clients get -14 and no certificates")
          .with("problem", problem.getMessage())
          .to(LOG);
    }
  }

  /** Whether the last attempt to write failed. */
  boolean isFailing() {
    return failing;
  }

  private void work() {
    List<WaitingEntry> taken = new ArrayList<>();
    try {
      while (true) {
        taken.add(waiting.take());
        waiting.drainTo(taken);
        write(taken);
        taken.clear();
      }
    } catch (InterruptedException e) {
      taken.addAll(waiting);
      taken.forEach(entry -> entry.written.completeExceptionally(new RejectedExecutionException()));
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
