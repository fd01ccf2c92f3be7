package org.certcollect.cli.training;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A client that keeps a server busy with status and PEM requests, some for each connection. It is
 * much cheaper than the JDK's own client, so that the time belongs to the server.
 */
final class TrainingLoad {
  private static final int PIPELINED = 16;

  /** Few for each connection, because most clients open a new one for each request. */
  private static final int BATCHES = 2;

  private final URI url;
  private final SSLContext tls;
  private final byte[] batch;

  /**
   * Creates the client.
   *
   * @param url the URL that requests are sent to
   * @param certificate the file with the server's certificate, the only one that is trusted
   * @param form the login, password and number of an issued order, as a form
   */
  TrainingLoad(String url, Path certificate, String form)
      throws IOException, GeneralSecurityException {
    this.url = URI.create(url);
    this.tls = trusting(certificate);
    this.batch =
        (request(form + "&queryType=0") + request(form + "&queryType=1"))
            .repeat(PIPELINED / 2)
            .getBytes(ISO_8859_1);
  }

  private static SSLContext trusting(Path certificate)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(certificate)) {
      trusted.setCertificateEntry(
          "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private String request(String form) {
    return String.join(
        "\r\n",
        "POST " + url.getPath() + " HTTP/1.1",
        "Host: " + url.getAuthority(),
        "Content-Type: application/x-www-form-urlencoded",
        "Content-Length: " + form.length(),
        "",
        form);
  }

  /** Sends requests for some time. */
  void run(Duration time) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    do {
      try (SSLSocket socket =
          (SSLSocket) tls.getSocketFactory().createSocket(url.getHost(), url.getPort())) {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        for (int i = 0; i < BATCHES && System.nanoTime() - end < 0; i++) {
          socket.getOutputStream().write(batch);
          for (int j = 0; j < PIPELINED; j++) {
            readAnswer(in);
          }
        }
      }
    } while (System.nanoTime() - end < 0);
  }

  private static void readAnswer(InputStream in) throws IOException {
    int length = 0;
    for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring("content-length:".length()).strip());
      }
    }
    in.skipNBytes(length);
  }

  private static String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int read = in.read(); read != '\n'; read = in.read()) {
      if (read < 0) {
        throw new EOFException("the server closed the connection within an answer");
      }
      if (read != '\r') {
        line.append((char) read);
      }
    }
    return line.toString();
  }
}
