package org.certcollect.server;

import io.netty.handler.ssl.OpenSsl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.OptionalInt;
import org.certcollect.server.config.AuthConfig;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.server.config.ListenConfig;
import org.certcollect.server.config.ProtocolConfig;
import org.certcollect.server.config.ProxyConfig;
import org.certcollect.server.config.ServerConfig;
import org.certcollect.server.config.TlsConfig;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.TestLog;
import org.certcollect.server.testing.TestServer;
import org.certcollect.server.testing.TlsFiles;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.Store;
import org.certcollect.store.jdbc.sqlite.SqliteStore;

/**
 * The programs that {@link TlsFallbackTest} runs in processes of their own. They print their
 * observations.
 */
final class FallbackProgram {
  private FallbackProgram() {}

  public static void main(String[] args) throws Exception {
    try (TestLog log = TestLog.text();
        TestServer server = TestServer.start()) {
      System.out.println("native=" + OpenSsl.isAvailable());
      for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
        try (RawConnection connection = RawConnection.https(server, version)) {
          String body = connection.post(Forms.SSL, "").body();
          System.out.println(connection.session().getProtocol() + "=" + body.lines().findFirst());
        }
      }
      System.out.println("warnings=" + log.lines("BoringSSL cannot be loaded").size());
      System.out.println("suites=" + suites(server));
    }
  }

  private static String suites(TestServer server) throws Exception {
    try (RawConnection connection = RawConnection.https(server, "TLSv1.2")) {
      return connection.session().getCipherSuite();
    }
  }

  /** The same with an RSA key. */
  static final class Rsa {
    private Rsa() {}

    public static void main(String[] args) throws Exception {
      Path folder = Files.createTempDirectory("certcollect-test");
      ServerConfig config =
          new ServerConfig(
              new ListenConfig("127.0.0.1", 0, OptionalInt.empty()),
              new TlsConfig(
                  List.of(TlsFiles.pem(folder, "tls", "RSA")), TlsConfig.Profile.INTERMEDIATE),
              LimitsConfig.DEFAULT,
              AuthConfig.DEFAULT,
              ProxyConfig.DEFAULT,
              ProtocolConfig.DEFAULT);
      try (TestLog log = TestLog.text();
          Store store = SqliteStore.open(folder.resolve("store.db"), Clock.systemUTC());
          CollectServer server =
              CollectServer.start(config, store, new CollectionCodes(new byte[32]))) {
        for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
          try (RawConnection connection = RawConnection.tls(server.httpsPort(), version)) {
            String key =
                connection.session().getPeerCertificates()[0].getPublicKey().getAlgorithm();
            System.out.println(connection.session().getProtocol() + "=" + key);
          }
        }
        System.out.println("told=" + log.lines("AWS-LC cannot be loaded").size());
        System.out.println("measured=" + log.lines("Measured new TLS connections").size());
      }
    }
  }
}
