package org.certcollect.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.RawConnection.Answer;
import org.certcollect.server.testing.TestLog;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.Test;

/** The store is closed under the running server. */
class FailingStoreTest {
  @Test
  void aFailingStoreIsMinus14AndOneLineThatSaysWhy() throws IOException {
    try (TestServer server = TestServer.start();
        RawConnection connection = RawConnection.https(server)) {
      server.account("reseller", "right");
      server.order("reseller", Product.SSL, 7);
      String form = Forms.status("reseller", "right", 7);
      assertThat(connection.post(Forms.SSL, form).body()).isEqualTo("0\n");
      server.store().close();
      assertThat(server.store().check().ok()).isFalse();

      for (String request :
          List.of(
              Forms.post(Forms.SSL, form),
              Forms.post(Forms.SSL, Forms.status("nobody", "right", 7)),
              Forms.post(Forms.CCC, Forms.code("SECRETCODE")))) {
        try (TestLog log = TestLog.json()) {
          Answer answer = connection.send(request).read();
          assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 200 OK");
          assertThat(answer.headers()).containsEntry("content-type", "text/plain");
          assertThat(answer.body()).isEqualTo("-14\nAn unknown error occurred!\n");

          assertThat(log.lines()).hasSize(1);
          assertThat(log.lines().get(0))
              .contains("\"WARNING\"", "The store is unavailable", "the store is closed")
              .contains("\"request\":\"", "\"status\":-14,");
          assertThat(log.toString()).doesNotContain("reseller", "nobody", "right", "SECRETCODE");
        }
      }
      assertThat(connection.post(Forms.SSL, "").body()).startsWith("-3\n");
    }
  }
}
