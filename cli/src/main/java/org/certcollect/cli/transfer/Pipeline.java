package org.certcollect.cli.transfer;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;

/**
 * Works on the chunks of a source with all cores, some chunks ahead, and hands them on one by one
 * in their order. Used by one thread.
 */
final class Pipeline implements AutoCloseable {
  private static final ThreadFactory THREADS =
      work -> {
        Thread thread = new Thread(work, "import");
        thread.setDaemon(true);
        return thread;
      };

  private final Source source;
  private final int ahead;
  private final ExecutorService workers;
  private final Deque<Work> pending = new ArrayDeque<>();
  private CompletableFuture<Void> allRead = CompletableFuture.completedFuture(null);

  Pipeline(Source source, int cores) {
    this.source = source;
    this.ahead = cores + 2;
    this.workers = Executors.newFixedThreadPool(cores, THREADS);
  }

  /** What a chunk came to, and how far the source was read with it. */
  record Result(List<Item> items, long position) {}

  private record Work(Future<List<Item>> items, long position) {}

  /** The next chunk's result; empty at the end. */
  Optional<Result> next() throws IOException {
    while (pending.size() < ahead) {
      Optional<Chunk> chunk = source.next();
      if (chunk.isEmpty()) {
        break;
      }
      pending.add(new Work(begin(chunk.get()), chunk.get().position()));
    }
    Work first = pending.poll();
    return first == null
        ? Optional.empty()
        : Optional.of(new Result(result(first.items), first.position));
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }

  private Future<List<Item>> begin(Chunk chunk) {
    CompletableFuture<Void> before = allRead;
    CompletableFuture<Void> read = new CompletableFuture<>();
    allRead = read;
    return workers.submit(
        () -> {
          try {
            chunk.read();
          } finally {
            before.join();
            read.complete(null);
          }
          return chunk.check();
        });
  }

  private static List<Item> result(Future<List<Item>> items) {
    try {
      return items.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a chunk of the input could not be worked on", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
