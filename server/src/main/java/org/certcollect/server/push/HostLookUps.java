package org.certcollect.server.push;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The look-ups of hosts with a limit of time, which the JDK's have not: a name server that is
 * silent holds a thread up for as long as the system's resolver is patient. Safe for use by many
 * threads.
 */
final class HostLookUps implements AutoCloseable {
  /** A way to look up a host. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  private final Resolver resolver;
  private final ExecutorService threads;

  /**
   * @param maximum the number of look-ups at a time, also of those that nobody waits for any more
   */
  HostLookUps(Resolver resolver, int maximum) {
    this.resolver = resolver;
    threads =
        new ThreadPoolExecutor(
            0,
            maximum,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            new DefaultThreadFactory("push-look-up", true));
  }

  /**
   * The addresses of a host.
   *
   * @throws PushException if there are none, or not within the time
   */
  List<InetAddress> find(String host, Duration atMost) {
    try {
      Future<InetAddress[]> found = threads.submit(() -> resolver.resolve(host));
      return List.of(found.get(atMost.toNanos(), TimeUnit.NANOSECONDS));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownHostException) {
        throw new PushException(PushOutcome.UNREACHABLE, "the host has no address");
      }
      throw new IllegalStateException("a host cannot be looked up", e);
    } catch (TimeoutException | RejectedExecutionException e) {
      throw new PushException(
          PushOutcome.TIMEOUT, "the addresses of the host were not found in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PushException(PushOutcome.ERROR, "the server stops");
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
