package org.certcollect.server.http;

import com.github.benmanes.caffeine.cache.Ticker;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.certcollect.server.auth.MinuteCounter;
import org.certcollect.server.log.LogEvent;
import org.jspecify.annotations.Nullable;

/**
 * The open connections of all listeners together, and their limit. At the limit, idle connections
 * are closed to make place for new ones. They are taken from the network with the most connections
 * (see {@link IdleConnections}), so the idle connections of one customer keep no other client out.
 * Safe for use by many threads.
 *
 * <p>To choose them takes a look at all connections. So 1 % of the limit is freed at once, and the
 * next newcomers find their place without a look.
 */
public final class Connections {
  private static final Logger LOG = Logger.getLogger("certcollect.server");

  /** The part of the limit that is freed at once. */
  private static final int BATCH_DIVISOR = 100;

  private volatile int max;

  /** The connections that may stay open. Others end at once, or with the answer under way. */
  private final AtomicInteger places = new AtomicInteger();

  private final Set<OpenConnection> open = ConcurrentHashMap.newKeySet();

  /**
   * The listening sockets that connections came from. Vert.x has no way to close them alone, so one
   * without any connection yet is closed only when its listener stops.
   */
  private final Set<Channel> acceptors = ConcurrentHashMap.newKeySet();

  /** The connections that were accepted, those in their TLS handshake included. */
  private final ChannelGroup accepted = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

  private final HandshakeFailures handshakes = new HandshakeFailures();
  private final AtomicLong closed = new AtomicLong();
  private final MinuteCounter warnings = new MinuteCounter(Ticker.systemTicker());

  public Connections(int max) {
    this.max = max;
  }

  /** Sets another limit. Connections beyond it are closed when the next one comes. */
  public void limit(int other) {
    max = other;
  }

  /** Adds a connection. Returns false if it has to be closed, because all others are busy. */
  boolean add(OpenConnection connection) {
    if (places.incrementAndGet() > max && !makePlace(connection)) {
      places.decrementAndGet();
      return false;
    }
    open.add(connection);
    Channel channel = connection.channel();
    accepted.add(channel);
    if (acceptors.add(channel.parent())) {
      channel.parent().pipeline().addFirst(new AcceptedHandler());
    }
    return true;
  }

  /** Adds the connections of one listening socket, before their handshakes. */
  private final class AcceptedHandler extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object channel) {
      accepted.add((Channel) channel);
      context.fireChannelRead(channel);
    }
  }

  /** Refuses further connections, and leaves the open ones as they are. */
  public void stopAccepting() {
    acceptors.forEach(acceptor -> acceptor.close().awaitUninterruptibly());
  }

  /** Waits until the connections that are open now are closed, or until the time is over. */
  public void awaitClosed(Duration timeout) {
    accepted.newCloseFuture().awaitUninterruptibly(timeout.toMillis());
  }

  /**
   * Waits until the connections without an answer so far are closed, or until the time is over. One
   * with an answer may wait for its client for long, and the client expects its end.
   */
  public void awaitNewcomersClosed(Duration timeout) {
    Set<Channel> kept =
        open.stream()
            .filter(OpenConnection::isKept)
            .map(OpenConnection::channel)
            .collect(Collectors.toSet());
    accepted
        .newCloseFuture(channel -> !kept.contains(channel))
        .awaitUninterruptibly(timeout.toMillis());
  }

  void remove(OpenConnection connection) {
    if (open.remove(connection) && connection.leavePlace()) {
      places.decrementAndGet();
    }
  }

  /** The TLS handshakes that failed, so that no connection came of them. */
  public HandshakeFailures handshakes() {
    return handshakes;
  }

  /** The number of connections that are open. */
  public int count() {
    return open.size();
  }

  private synchronized boolean makePlace(OpenConnection newcomer) {
    int excess = places.get() - max;
    if (excess <= 0) {
      // Another newcomer has just freed a batch.
      return true;
    }
    IdleConnections idle = new IdleConnections();
    idle.add(newcomer);
    open.stream().filter(OpenConnection::hasPlace).forEach(idle::add);
    int wanted = Math.max(excess, max / BATCH_DIVISOR);
    int left = wanted;
    @Nullable OpenConnection victim = idle.poll();
    while (victim != null) {
      if (victim.leavePlace()) {
        places.decrementAndGet();
        closed.incrementAndGet();
        victim.end();
        left--;
      }
      victim = left > 0 ? idle.poll() : null;
    }
    // A newcomer that comes meanwhile counts already, and makes its own place next.
    boolean hasPlace = wanted - left >= excess || places.get() <= max;
    if (!hasPlace) {
      closed.incrementAndGet();
    }
    warn();
    return hasPlace;
  }

  /** Logs a refusal at most once a minute, because there may be thousands. */
  private void warn() {
    if (warnings.add() == 1) {
      LogEvent.warning("Connections were closed, as there are as many as limits.connections allows")
          .with("limit", max)
          .with("closed", closed.getAndSet(0))
          .to(LOG);
    }
  }
}
