package org.certcollect.server;

import io.netty.handler.ssl.OpenSsl;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.TestLog;
import org.certcollect.server.testing.TestServer;

/**
 * The program that {@link TlsFallbackTest} runs in a process of its own. It prints its
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
}
