package org.certcollect.admin.transfer;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;

/**
 * A pipeline that reads a source in one thread, works on its chunks with all cores, and returns the
 * results in the order of the source. Used by one thread.
 */
final class Pipeline implements AutoCloseable {
  private static final ThreadFactory THREADS =
      work -> {
        Thread thread = new Thread(work, "import");
        thread.setDaemon(true);
        return thread;
      };

  private final BlockingQueue<Future<Optional<Result>>> pending;
  private final ExecutorService workers;
  private final Thread reader;

  /**
   * Starts to read.
   *
   * @param source the source, which must not be used by any other caller after this
   * @param ahead the maximum number of chunks to work on before their results are taken
   */
  Pipeline(RecordSource source, int cores, int ahead) {
    pending = new ArrayBlockingQueue<>(ahead);
    workers = Executors.newFixedThreadPool(cores, THREADS);
    reader = THREADS.newThread(() -> read(source));
    reader.start();
  }

  /** The result of a chunk, and the position in the source after it. */
  record Result(List<Item> items, long position) {}

  /** The result of the next chunk; empty at the end, after which this must not be called. */
  Optional<Result> next() throws IOException {
    try {
      return pending.take().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException unreadable) {
        throw unreadable;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error fault) {
        throw fault;
      }
      throw new IllegalStateException("a chunk of the input could not be worked on", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    reader.interrupt();
    workers.shutdownNow();
  }

  private void read(RecordSource source) {
    try {
      begin(source);
    } catch (InterruptedException e) {
      // The pipeline was closed; nobody waits for a result.
    }
  }

  private void begin(RecordSource source) throws InterruptedException {
    CompletableFuture<Void> before = CompletableFuture.completedFuture(null);
    try {
      Optional<RecordSource.Chunk> chunk = source.next();
      while (chunk.isPresent()) {
        CompletableFuture<Void> read = new CompletableFuture<>();
        pending.put(begin(chunk.get(), before, read));
        before = read;
        chunk = source.next();
      }
      pending.put(CompletableFuture.completedFuture(Optional.empty()));
    } catch (IOException | RuntimeException | Error e) {
      // The caller waits for a result and must learn of any failure.
      pending.put(CompletableFuture.failedFuture(e));
    }
  }

  private Future<Optional<Result>> begin(
      RecordSource.Chunk chunk, CompletableFuture<Void> before, CompletableFuture<Void> read) {
    return workers.submit(
        () -> {
          try {
            chunk.read();
          } finally {
            before.join();
            read.complete(null);
          }
          return Optional.of(new Result(chunk.check(), chunk.position()));
        });
  }
}
