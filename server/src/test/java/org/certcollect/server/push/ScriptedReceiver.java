package org.certcollect.server.push;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.certcollect.server.testing.ScriptedServer;

/**
 * A receiver on a loopback port that answers as it is told: each queued answer is that to one
 * request, otherwise it is 200. An answer is a status line with further lines, or {@code HANG},
 * which says nothing until it is closed, {@code CUT}, which closes the connection, or {@code
 * FLOOD}, which is a body without an end.
 */
public final class ScriptedReceiver extends ScriptedServer {
  /** A request with its arguments, decoded. */
  record Received(String line, Map<String, String> headers, Map<String, String> arguments) {
    String text(String name) {
      return arguments.getOrDefault(name, "");
    }
  }

  private final Queue<Received> requests = new ConcurrentLinkedQueue<>();
  public final Queue<String> answers = new ConcurrentLinkedQueue<>();

  private final SSLContext tls;

  /**
   * @param tls if null, it speaks HTTP
   */
  public ScriptedReceiver(SSLContext tls) throws IOException {
    this(tls, InetAddress.getLoopbackAddress());
  }

  ScriptedReceiver(SSLContext tls, InetAddress address) throws IOException {
    super(address);
    this.tls = tls;
    start();
  }

  String url() {
    return (tls == null ? "http" : "https") + "://localhost:" + port() + "/in";
  }

  /** The requests that have come so far. */
  List<Received> requests() {
    return List.copyOf(requests);
  }

  /** The numbers of the orders that were told, in order. */
  List<String> orders() {
    return requests().stream().map(request -> request.text("orderNumber")).toList();
  }

  @Override
  protected void serve(Socket plain) throws IOException {
    try (Socket socket = secure(plain)) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      String line = line(in);
      if (line.isEmpty()) {
        return;
      }
      Map<String, String> headers = new LinkedHashMap<>();
      for (String header = line(in); !header.isEmpty(); header = line(in)) {
        int colon = header.indexOf(':');
        headers.put(
            header.substring(0, colon).toLowerCase(Locale.ROOT),
            header.substring(colon + 1).strip());
      }
      int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
      String body = new String(in.readNBytes(length), UTF_8);
      String target = line.split(" ", -1)[1];
      int query = target.indexOf('?');
      Map<String, String> arguments =
          decode(line.startsWith("POST") ? body : query < 0 ? "" : target.substring(query + 1));
      String answer = answers.poll();
      requests.add(new Received(line, headers, arguments));
      answer(socket, answer == null ? "200 OK" : answer);
    }
  }

  private Socket secure(Socket plain) throws IOException {
    if (tls == null) {
      return plain;
    }
    SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(plain, "localhost", port(), true);
    socket.setUseClientMode(false);
    return socket;
  }

  private void answer(Socket socket, String answer) throws IOException {
    OutputStream out = socket.getOutputStream();
    switch (answer) {
      case "HANG" -> {
        var unused = socket.getInputStream().read();
      }
      case "SLOW" -> {
        LockSupport.parkNanos(300_000_000);
        answer(socket, "200 OK");
      }
      case "CUT" -> {}
      case "CUT-HEAD" -> out.write("HTTP/1.1 200 OK\r\nContent-".getBytes(ISO_8859_1));
      case "GARBAGE" -> out.write("220 mail.example.com ESMTP\r\n".getBytes(ISO_8859_1));
      case "LONG-HEAD" ->
          out.write(
              ("HTTP/1.1 200 OK\r\nX: " + "x".repeat(100_000) + "\r\n\r\n").getBytes(ISO_8859_1));
      case "FLOOD" -> {
        out.write("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n".getBytes(ISO_8859_1));
        while (true) {
          out.write(new byte[100_000]);
        }
      }
      default ->
          out.write(
              ("HTTP/1.1 " + answer + "\r\nContent-Length: 2\r\n\r\nOK").getBytes(ISO_8859_1));
    }
    out.flush();
  }

  private static Map<String, String> decode(String form) {
    Map<String, String> arguments = new LinkedHashMap<>();
    for (String pair : form.isEmpty() ? new String[0] : form.split("&", -1)) {
      int equals = pair.indexOf('=');
      arguments.put(
          URLDecoder.decode(pair.substring(0, equals), UTF_8),
          URLDecoder.decode(pair.substring(equals + 1), UTF_8));
    }
    return arguments;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    super.close();
    hangUp();
  }
}
