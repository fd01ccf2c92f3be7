package org.certcollect.server.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.certcollect.server.testing.RawConnection.Answer;

/** Clients with a connection each, which stays open. Used by one thread. */
public final class Clients implements AutoCloseable {
  private final List<RawConnection> connections = new ArrayList<>();

  private Clients() {}

  /** By HTTPS. */
  public static Clients https(TestServer server, int count) throws IOException {
    Clients clients = new Clients();
    for (int i = 0; i < count; i++) {
      clients.connections.add(RawConnection.https(server));
    }
    return clients;
  }

  /** By plain HTTP, as a proxy that ends TLS. */
  public static Clients http(TestServer server, int count) throws IOException {
    Clients clients = new Clients();
    for (int i = 0; i < count; i++) {
      clients.connections.add(RawConnection.http(server));
    }
    return clients;
  }

  /** All send the same request. */
  public void send(String request) throws IOException {
    for (RawConnection connection : connections) {
      connection.send(request);
    }
  }

  /** The answer of each. */
  public List<Answer> read() throws IOException {
    List<Answer> answers = new ArrayList<>();
    for (RawConnection connection : connections) {
      answers.add(connection.read());
    }
    return answers;
  }

  @Override
  public void close() throws IOException {
    for (RawConnection connection : connections) {
      connection.close();
    }
  }
}
