package org.certcollect.bench.compare;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A client of one server on this host, which accepts any certificate and keeps its connection. */
final class Https {
  private final HttpClient client;
  private final String server;

  Https(int port) {
    server = "https://127.0.0.1:" + port;
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(AnyCertificate.tls())
            .build();
  }

  byte[] get(String path) throws IOException {
    return send(HttpRequest.newBuilder(URI.create(server + path)));
  }

  byte[] post(String path, String form) throws IOException {
    return send(
        HttpRequest.newBuilder(URI.create(server + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  private byte[] send(HttpRequest.Builder request) throws IOException {
    try {
      HttpResponse<byte[]> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new BenchException(response.uri() + " answered " + response.statusCode());
      }
      return response.body();
    } catch (InterruptedException e) {
      throw new BenchException("interrupted", e);
    }
  }
}
