package org.certcollect.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.certcollect.server.config.CollectDialect;
import org.certcollect.server.config.ProtocolConfig;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.RawConnection.Answer;
import org.certcollect.server.testing.TestServer;
import org.certcollect.server.testing.TestServer.Settings;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.Test;

/** The setting that lets CollectCCC, and nothing else, take GET. */
class CccGetTest {
  @Test
  void getIsTakenByCollectCccAlone() throws IOException {
    try (TestServer server =
            TestServer.start(
                Settings.DEFAULT.with(new ProtocolConfig(true, CollectDialect.V1_06, false)));
        RawConnection http = RawConnection.http(server);
        RawConnection https = RawConnection.https(server)) {
      server.account("reseller", "right");
      server.order("reseller", Product.CCC, 8);
      server.store().orders().setCode(8, server.hashCode("CODE"), TestServer.TESTER);
      assertThat(get(http, Forms.CCC, Forms.code("CODE")).body()).isEqualTo("0\n");
      assertThat(get(https, Forms.CCC, Forms.status("reseller", "right", 8)).body())
          .isEqualTo("0\n");
      assertThat(get(https, Forms.SSL, Forms.status("reseller", "right", 8)).body())
          .isEqualTo("-17\nRequest used GET rather than POST!\n");
      https.send(Forms.head("HEAD", Forms.CCC + "?" + Forms.code("CODE")) + "\r\n");
      Answer head = https.read(false);
      assertThat(head.status()).isEqualTo(200);
      assertThat(get(https, Forms.CCC, Forms.code("CODE")).body()).isEqualTo("0\n");
    }
  }

  private static Answer get(RawConnection connection, String path, String query)
      throws IOException {
    return connection.send(Forms.head("GET", path + "?" + query) + "\r\n").read();
  }
}
