package org.certcollect.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * nginx, which serves the answers as files: for each kind of key on a port where it logs requests,
 * as certcollect does, and on one where it does not. It passes requests on to PHP, too.
 */
final class Nginx {
  private static final String MAIN =
      """
      user root;
      worker_processes 1;
      pid nginx.pid;
      error_log error.log;
      events { worker_connections 4096; }
      http {
        default_type text/plain;
        client_body_temp_path client;
        fastcgi_temp_path fastcgi;
        sendfile on;
        tcp_nopush on;
        keepalive_requests 1000000000;
        open_file_cache max=10000 inactive=1h;
        open_file_cache_valid 1h;
        ssl_protocols TLSv1.3;
        ssl_conf_command Ciphersuites TLS_AES_128_GCM_SHA256;
        ssl_ecdh_curve X25519;
        ssl_session_tickets on;
        root %s;
      """;

  private static final String SERVER =
      """
        server {
          listen 127.0.0.1:%s ssl backlog=4096;
          ssl_certificate %s;
          ssl_certificate_key %s;
          access_log %s;
          location /php/ {
            fastcgi_pass unix:%s;
            fastcgi_param SCRIPT_FILENAME %s;
            fastcgi_param REQUEST_METHOD $request_method;
            fastcgi_param CONTENT_TYPE $content_type;
            fastcgi_param CONTENT_LENGTH $content_length;
            fastcgi_param REQUEST_URI $request_uri;
            fastcgi_param SETTINGS %s;
          }
        }
      """;

  private final Map<KeyType, Integer> logging = new EnumMap<>(KeyType.class);
  private final Map<KeyType, Integer> silent = new EnumMap<>(KeyType.class);
  private final Process process;

  private Nginx(Layout layout, Children children, Path folder, ServerKeys keys) throws IOException {
    StringBuilder config = new StringBuilder(MAIN.formatted(www(folder)));
    for (KeyType key : KeyType.values()) {
      logging.put(key, Ports.free());
      silent.put(key, Ports.free());
      config.append(server(logging, key, "access.log combined buffer=64k", layout, keys));
      config.append(server(silent, key, "off", layout, keys));
    }
    Path file = folder.resolve("nginx.conf");
    Files.writeString(file, config.append("}\n"));
    Files.createDirectories(www(folder));
    process =
        children.start(
            layout.log("nginx"),
            Cores.server(
                List.of(
                    "nginx",
                    "-p",
                    folder.toString(),
                    "-e",
                    folder.resolve("error.log").toString(),
                    "-c",
                    file.toString(),
                    "-g",
                    "daemon off;")));
  }

  static Nginx start(Layout layout, Children children, Path folder, ServerKeys keys)
      throws IOException {
    Nginx nginx = new Nginx(layout, children, folder, keys);
    Files.writeString(www(folder).resolve("ready"), "ready");
    Https client = new Https(nginx.port(KeyType.EC));
    Readiness.await(nginx.process, () -> client.get("/ready").length > 0);
    return nginx;
  }

  /** The folder of the files that it serves. */
  static Path www(Path folder) {
    return folder.resolve("www");
  }

  int port(KeyType key) {
    return logging.getOrDefault(key, 0);
  }

  /** Where it does not log requests. */
  int silentPort(KeyType key) {
    return silent.getOrDefault(key, 0);
  }

  Process process() {
    return process;
  }

  private static String server(
      Map<KeyType, Integer> ports, KeyType key, String log, Layout layout, ServerKeys keys) {
    return SERVER.formatted(
        ports.getOrDefault(key, 0),
        keys.certificate(key),
        keys.key(key),
        log,
        Php.socket(layout),
        layout.script(),
        Php.settings(layout));
  }
}
