package org.certcollect.bench.scale;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLSocket;

/** One TLS connection to a server on this host, which serves for all requests. */
final class KeptConnection implements AutoCloseable {
  private final SSLSocket socket;
  private final InputStream in;

  KeptConnection(int port) throws IOException {
    socket = (SSLSocket) AnyCertificate.tls().getSocketFactory().createSocket("127.0.0.1", port);
    socket.setTcpNoDelay(true);
    socket.startHandshake();
    in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
  }

  /** Posts a form, and returns the answer's body. */
  String post(String path, String form) throws IOException {
    String request =
        String.format(
            Locale.ROOT,
            """
            POST %s HTTP/1.1\r
            Host: localhost\r
            Content-Type: application/x-www-form-urlencoded\r
            Content-Length: %d\r
            \r
            %s\
            """,
            path,
            form.length(),
            form);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    int length = -1;
    String first = line();
    for (String line = line(); !line.isEmpty(); line = line()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring("content-length:".length()).strip());
      }
    }
    if (!first.startsWith("HTTP/1.1 200 ") || length < 0) {
      throw new IOException("the server answered " + first);
    }
    return new String(in.readNBytes(length), StandardCharsets.US_ASCII);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the server closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
