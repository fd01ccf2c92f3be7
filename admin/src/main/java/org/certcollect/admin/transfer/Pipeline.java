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
 * Reads a source and works on its chunks with all cores, some chunks ahead, and hands them on one
 * by one in their order. Used by one thread.
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
   * Begins to read.
   *
   * @param source used by no one else from here on
   * @param ahead the most chunks to work on before they are asked for
   */
  Pipeline(RecordSource source, int cores, int ahead) {
    pending = new ArrayBlockingQueue<>(ahead);
    workers = Executors.newFixedThreadPool(cores, THREADS);
    reader = THREADS.newThread(() -> read(source));
    reader.start();
  }

  /** What a chunk came to, and how far the source was read with it. */
  record Result(List<Item> items, long position) {}

  /** The next chunk's result; empty at the end, behind which there is no next one. */
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
      // It was closed, and nobody asks for what would come.
    }
  }

  private void begin(RecordSource source) throws InterruptedException {
    CompletableFuture<Void> before = CompletableFuture.completedFuture(null);
    try {
      Optional<Chunk> chunk = source.next();
      while (chunk.isPresent()) {
        CompletableFuture<Void> read = new CompletableFuture<>();
        pending.put(begin(chunk.get(), before, read));
        before = read;
        chunk = source.next();
      }
      pending.put(CompletableFuture.completedFuture(Optional.empty()));
    } catch (IOException | RuntimeException | Error e) {
      // Whatever it is, someone waits for what comes next.
      pending.put(CompletableFuture.failedFuture(e));
    }
  }

  private Future<Optional<Result>> begin(
      Chunk chunk, CompletableFuture<Void> before, CompletableFuture<Void> read) {
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
