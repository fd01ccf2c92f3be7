package org.certcollect.server.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A server on a loopback port with a thread for each connection. */
public abstract class ScriptedServer implements AutoCloseable {
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final ServerSocket server;

  protected ScriptedServer(InetAddress address) throws IOException {
    server = new ServerSocket(0, 50, address);
  }

  /** Begins to take connections, when the subclass has been made. */
  protected final void start() {
    start(
        () -> {
          while (true) {
            Socket socket = server.accept();
            sockets.add(socket);
            start(() -> serve(socket));
          }
        });
  }

  /** Serves a connection, and closes it. */
  protected abstract void serve(Socket socket) throws IOException;

  public final int port() {
    return server.getLocalPort();
  }

  /** The number of connections that were made. */
  public final int connections() {
    return sockets.size();
  }

  private interface Task {
    void run() throws IOException;
  }

  private static void start(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // It was closed.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  /** Takes no more connections. */
  public final void goAway() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends all connections as well. */
  protected final void hangUp() {
    try {
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    goAway();
  }
}
