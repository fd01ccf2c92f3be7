package org.certcollect.store.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A proxy between a client and a server on this host that fails as networks and servers do. At
 * first it passes everything on. Safe for use by many threads.
 */
public final class FaultProxy implements AutoCloseable {
  private final int target;
  private final FaultSwitch faults = new FaultSwitch();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final HeldPort port;
  private ServerSocket listener;
  private Future<?> accepting;

  /** Stands before a server on this host. */
  public FaultProxy(int target) {
    this.target = target;
    try {
      port = new HeldPort();
      listen();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port.number();
  }

  public String host() {
    return "127.0.0.1:" + port();
  }

  /** Passes everything on, also what was held back. */
  public void pass() {
    set(FaultSwitch.Fault.NONE, Duration.ZERO);
  }

  /** Takes connections and requests, and passes nothing on. */
  public void stall() {
    set(FaultSwitch.Fault.STALL, Duration.ofDays(1));
  }

  /** Passes each piece of an answer on after some time. */
  public void delay(Duration time) {
    set(FaultSwitch.Fault.DELAY, time);
  }

  /**
   * Passes half of the next answer on, then resets the connection; likewise with each later one.
   */
  public void resetInMidAnswer() {
    set(FaultSwitch.Fault.RESET, Duration.ZERO);
  }

  /**
   * Loses each answer: it comes to an end, and the connection is reset in place of passing it on.
   */
  public void loseAnswers() {
    set(FaultSwitch.Fault.LOSE, Duration.ZERO);
  }

  /** Resets every connection, and refuses new ones. */
  public synchronized void refuse() {
    faults.set(FaultSwitch.Fault.NONE, Duration.ZERO);
    stopListening();
    open.forEach(FaultProxy::reset);
  }

  /** The number of open connections. */
  public int connections() {
    return open.size() / 2;
  }

  @Override
  public void close() {
    refuse();
    threads.shutdownNow();
  }

  private synchronized void set(FaultSwitch.Fault fault, Duration time) {
    if (listener.isClosed()) {
      try {
        listen();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    faults.set(fault, time);
  }

  private void listen() throws IOException {
    ServerSocket made = new ServerSocket();
    made.setReuseAddress(true);
    made.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
    accepting = threads.submit(() -> accept(made));
    listener = made;
  }

  private void accept(ServerSocket from) {
    while (!from.isClosed()) {
      try {
        connect(from.accept());
      } catch (IOException e) {
        // The listener was closed, or the server is away: the client sees which.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      open.add(client);
      open.add(server);
      threads.execute(() -> pump(client, server, false));
      threads.execute(() -> pump(server, client, true));
    } catch (IOException e) {
      reset(client);
      throw e;
    }
  }

  private void pump(Socket from, Socket to, boolean answer) {
    byte[] piece = new byte[8192];
    try {
      for (int n = from.getInputStream().read(piece);
          n >= 0;
          n = from.getInputStream().read(piece)) {
        int passed = faults.passes(n, answer);
        to.getOutputStream().write(piece, 0, passed);
        if (passed < n) {
          break;
        }
      }
    } catch (IOException | InterruptedException e) {
      // One side ended, or the proxy did: so does the other.
    } finally {
      reset(from);
      reset(to);
      open.remove(from);
      open.remove(to);
    }
  }

  /** Ends a connection so that the other side sees a reset. */
  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // It has ended already.
    }
  }

  /** The port is free only when nobody waits for a connection to it any more. */
  private void stopListening() {
    try {
      listener.close();
      accepting.get();
    } catch (IOException | InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
