package org.certcollect.server.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** A socket to a test server that sends exactly the bytes it is told to. Strings are Latin-1. */
public final class RawConnection implements AutoCloseable {
  private static final int READ_TIMEOUT_MILLIS = 30_000;

  private final Socket socket;
  private final InputStream in;

  private RawConnection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    in = socket.getInputStream();
  }

  public static RawConnection http(TestServer server) throws IOException {
    return new RawConnection(new Socket(InetAddress.getLoopbackAddress(), server.httpPort()));
  }

  /** Plain, from another of the loopback addresses, for example {@code 127.0.0.2}. */
  public static RawConnection http(TestServer server, String from) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(from, 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.httpPort()));
    return new RawConnection(socket);
  }

  /** Without TLS, whatever the port is for. */
  public static RawConnection plain(int port) throws IOException {
    return new RawConnection(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  public static RawConnection https(TestServer server) throws IOException {
    return https(server, "TLSv1.3");
  }

  public static RawConnection https(TestServer server, String version) throws IOException {
    return tls(server.httpsPort(), version);
  }

  /** With TLS, whatever the port is for; with the client's usual cipher suites, or those named. */
  public static RawConnection tls(int port, String version, String... suites) throws IOException {
    return tls(trustingAll(), port, version, suites);
  }

  /** With the sessions of earlier connections of the same context. */
  public static RawConnection tls(SSLContext context, int port, String version, String... suites)
      throws IOException {
    SSLSocket tls =
        (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    try {
      tls.setSoTimeout(READ_TIMEOUT_MILLIS);
      tls.setEnabledProtocols(new String[] {version});
      if (suites.length > 0) {
        tls.setEnabledCipherSuites(suites);
      }
      tls.startHandshake();
      return new RawConnection(tls);
    } catch (IOException | RuntimeException e) {
      tls.close();
      throw e;
    }
  }

  /**
   * An answer as it came.
   *
   * @param headers by their names in lower case
   * @param body one char for each byte
   */
  public record Answer(String statusLine, Map<String, String> headers, String body) {

    public int status() {
      return Integer.parseInt(statusLine.split(" ", 3)[1]);
    }
  }

  public RawConnection send(String bytes) throws IOException {
    return send(bytes.getBytes(ISO_8859_1));
  }

  public RawConnection send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Sends one byte at a time; stops if the server has refused what came, and is gone. */
  public RawConnection sendBytewise(String bytes) throws IOException {
    for (int i = 0; i < bytes.length(); i++) {
      try {
        send(bytes.substring(i, i + 1));
      } catch (SocketException gone) {
        break;
      }
    }
    return this;
  }

  /** Sends a POST of a URL-encoded form and reads the answer; the connection stays open. */
  public Answer post(String target, String form) throws IOException {
    String head = "POST " + target + " HTTP/1.1\r\nHost: localhost\r\n";
    String type = "Content-Type: application/x-www-form-urlencoded\r\n";
    send(head + type + "Content-Length: " + form.length() + "\r\n\r\n" + form);
    return read();
  }

  /** Reads one answer whose body has the length that it says. */
  public Answer read() throws IOException {
    return read(true);
  }

  /** Reads an answer; that to HEAD has no body. */
  public Answer read(boolean withBody) throws IOException {
    String status = line();
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    // Every answer has one (RFC 9110, section 6.6.1), and no test knows which.
    if (headers.remove("date") == null && !status.contains(" 100 ")) {
      throw new IOException("an answer without Date: " + status);
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Answer(
        status, headers, new String(in.readNBytes(withBody ? length : 0), ISO_8859_1));
  }

  /** Whether the server ends the connection, having sent nothing more. */
  public boolean isClosedByServer() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  /** All that comes until the server ends the connection. */
  public String readAll() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      in.transferTo(all);
    } catch (SocketException reset) {
      all.writeBytes("[reset]".getBytes(ISO_8859_1));
    }
    return all.toString(ISO_8859_1);
  }

  /** Says that nothing more will be sent; answers can still come. */
  public RawConnection endOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Ends the connection with a reset. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** The TLS session of an HTTPS connection. */
  public SSLSession session() {
    return ((SSLSocket) socket).getSession();
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the server closed the connection after: " + line);
      }
      line.write(c);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** For a client that takes any certificate. */
  public static SSLContext trustingAll() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class TrustAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public void checkServerTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
