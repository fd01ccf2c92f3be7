package org.certcollect.server.audit;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Logger;
import org.certcollect.admin.AdminException;
import org.certcollect.admin.audit.AuditConfig;
import org.certcollect.admin.audit.AuditEntry;
import org.certcollect.admin.audit.AuditException;
import org.certcollect.admin.audit.AuditLog;
import org.certcollect.server.log.LogEvent;

/**
 * A writer of entries to the audit log. The thread that has an entry writes it, even if it is an
 * event loop: to append some hundred bytes to a file takes microseconds, and two changes of thread
 * take longer. The entries of one turn of an event loop share a write at its end, if their answers
 * may wait for it. While the disk is slow or late, or if each record is forced to the disk, a
 * separate thread writes all waiting entries by one write. A disk that hangs therefore blocks at
 * most the one event loop that was writing, and none if a sync was seen to hang before. Safe for
 * use by many threads.
 */
final class AuditWriter implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("certcollect.audit");
  private static final Duration SLOW = Duration.ofMillis(20);
  private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int MAX_WAITING = 4_000;
  private static final Duration MAX_WAIT = Duration.ofSeconds(5);
  private static final int MAX_SPINS = 1_000;

  private final AuditLog log;
  private final boolean syncsAlways;

  /** The time for which records wait for a disk that is late: soon it may hang in a write too. */
  private final Duration late;

  private final BlockingQueue<WaitingEntry> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final ThreadLocal<List<WaitingEntry>> turn = ThreadLocal.withInitial(ArrayList::new);
  private final Thread thread;

  /** The lock of a write. An event loop waits for it for a short time only. */
  private final ReentrantLock writing = new ReentrantLock();

  /** The {@link System#nanoTime} at which the write under way began; empty if there is none. */
  private volatile OptionalLong writingSince = OptionalLong.empty();

  private volatile long pausedUntil = System.nanoTime();
  private volatile boolean failing;

  private record WaitingEntry(AuditEntry entry, CompletableFuture<Void> written) {}

  AuditWriter(AuditLog log, AuditConfig config) {
    this.log = log;
    syncsAlways = config.syncInterval().isZero();
    late = config.syncInterval().plus(SLOW.multipliedBy(10));
    thread = new Thread(this::work, "audit-writer");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Writes an entry.
   *
   * @param mayWait whether an event loop may handle the other events of its turn before the entry
   *     is written
   * @return complete when it is written; it fails within seconds if that is not possible
   */
  CompletableFuture<Void> write(AuditEntry entry, boolean mayWait) {
    CompletableFuture<Void> written = new CompletableFuture<>();
    WaitingEntry waits = new WaitingEntry(entry, written);
    if (isSlow()) {
      queue(waits);
      return written;
    }
    Context loop = mayWait ? Vertx.currentContext() : null;
    if (loop != null && Context.isOnEventLoopThread()) {
      List<WaitingEntry> entries = turn.get();
      if (entries.isEmpty()) {
        loop.runOnContext(end -> endTurn(entries));
      }
      entries.add(waits);
    } else {
      writeSoon(List.of(waits));
    }
    return written;
  }

  private boolean isSlow() {
    return syncsAlways
        || System.nanoTime() - pausedUntil < 0
        || lag().compareTo(SLOW) > 0
        || log.lag().compareTo(late) > 0;
  }

  /** The time that the write under way has taken; zero if there is none. */
  Duration lag() {
    OptionalLong since = writingSince;
    return since.isPresent()
        ? Duration.ofNanos(System.nanoTime() - since.getAsLong())
        : Duration.ZERO;
  }

  /** Whether a write has taken so long that the answers which wait for it have failed. */
  boolean isStuck() {
    return lag().compareTo(MAX_WAIT) > 0;
  }

  /** Leaves an entry to the writer's own thread. */
  private void queue(WaitingEntry entry) {
    if (!waiting.offer(entry)) {
      entry.written.completeExceptionally(
          new AuditException("too many records wait for the audit log"));
      return;
    }
    // A future of its own, because the entry fails with an AuditException.
    CompletableFuture<Void> inTime =
        new CompletableFuture<Void>().orTimeout(MAX_WAIT.toSeconds(), TimeUnit.SECONDS);
    var unusedLate =
        inTime.exceptionally(
            timeout -> {
              AuditException late =
                  new AuditException(
                      "the disk took no record for " + MAX_WAIT.toSeconds() + " seconds");
              if (entry.written.completeExceptionally(late)) {
                failed(late);
              }
              return null;
            });
    var unusedEnd = entry.written.whenComplete((done, failure) -> inTime.complete(null));
  }

  private void endTurn(List<WaitingEntry> entries) {
    List<WaitingEntry> taken = List.copyOf(entries);
    entries.clear();
    writeSoon(taken);
  }

  /** Writes entries on the caller's thread, or queues them if another write takes long. */
  private void writeSoon(List<WaitingEntry> entries) {
    if (lockSoon()) {
      write(entries);
    } else {
      entries.forEach(this::queue);
    }
  }

  private boolean lockSoon() {
    long start = System.nanoTime();
    for (int i = 0; !writing.tryLock(); i++) {
      if (System.nanoTime() - start > SLOW.toNanos()) {
        return false;
      }
      if (i < MAX_SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(SLOW.toNanos() / 100);
      }
    }
    return true;
  }

  /** Writes entries and then gives back the lock, which the caller has taken. */
  private void write(List<WaitingEntry> taken) {
    try {
      try {
        appendLocked(taken.stream().map(WaitingEntry::entry).toList());
      } finally {
        writing.unlock();
      }
    } catch (RuntimeException | Error e) {
      taken.forEach(entry -> entry.written.completeExceptionally(e));
      return;
    }
    taken.forEach(entry -> entry.written.complete(null));
  }

  /** Writes entries on the caller's thread. */
  void append(List<AuditEntry> entries) {
    writing.lock();
    try {
      appendLocked(entries);
    } finally {
      writing.unlock();
    }
  }

  private void appendLocked(List<AuditEntry> entries) {
    long start = System.nanoTime();
    writingSince = OptionalLong.of(start);
    try {
      log.append(entries);
      tellWritable();
    } catch (AdminException e) {
      failed(e);
      throw e;
    } finally {
      long end = System.nanoTime();
      if (end - start > SLOW.toNanos()) {
        pausedUntil = end + PAUSE_NANOS;
      }
      writingSince = OptionalLong.empty();
    }
  }

  private void tellWritable() {
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
        writing.lock();
        // The clients of entries that failed meanwhile have got other answers.
        taken.removeIf(entry -> entry.written.isDone());
        write(taken);
        taken.clear();
      }
    } catch (InterruptedException e) {
      taken.addAll(waiting);
      taken.forEach(
          entry ->
              entry.written.completeExceptionally(new AuditException("the audit log was closed")));
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
