package org.certcollect.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** A TLS server that answers each request with the bytes that a test gives it. */
final class HostileServer implements AutoCloseable {
  private final SSLServerSocket listener;
  private final Answer answer;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  /** Writes an answer. The connection is closed after it. */
  interface Answer {
    void write(String request, OutputStream out) throws IOException, InterruptedException;
  }

  HostileServer(Answer answer) throws IOException {
    this.answer = answer;
    listener =
        (SSLServerSocket)
            context()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName("localhost"));
    start(this::accept);
  }

  /** A server that answers with a text, with the HTTP status 200. */
  static HostileServer answering(String text) throws IOException {
    return new HostileServer(
        (request, out) ->
            out.write(
                ("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + text)
                    .getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "hostile");
    thread.setDaemon(true);
    thread.start();
  }

  private static SSLContext context() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "tls",
          TestAuthority.LOCALHOST.keys().getPrivate(),
          new char[0],
          new Certificate[] {TestAuthority.LOCALHOST.certificate()});
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      String request = read(socket.getInputStream());
      requests.add(request);
      answer.write(request, socket.getOutputStream());
      socket.getOutputStream().flush();
    } catch (IOException | InterruptedException e) {
      // The client has gone, or the test ends.
    }
  }

  /** A request up to the length that its header tells. */
  private static String read(InputStream in) throws IOException {
    StringBuilder request = new StringBuilder();
    int end = -1;
    int length = 0;
    while (end < 0 || request.length() < end + 4 + length) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no request");
      }
      request.append((char) next);
      if (end < 0 && (end = request.indexOf("\r\n\r\n")) >= 0) {
        String head = request.toString().toLowerCase(Locale.ROOT);
        int at = head.indexOf("content-length: ") + 16;
        length = Integer.parseInt(head.substring(at, head.indexOf("\r\n", at)));
      }
    }
    return request.toString();
  }

  /** The requests so far. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  URI url() {
    return URI.create("https://localhost:" + listener.getLocalPort());
  }

  CollectClient.Builder builder() {
    return CollectClient.builder(url()).trust(ServerTrust.pem(TestAuthority.ROOT_PEM));
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
