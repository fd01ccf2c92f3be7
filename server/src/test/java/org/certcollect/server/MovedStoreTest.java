package org.certcollect.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.Test;

/**
 * The store's file is moved away under a running server, which once made a new, empty store and
 * answered {@code -16} from it.
 */
class MovedStoreTest {
  private static final String FORM = Forms.status("reseller", "old", 7);

  @Test
  void aStoreThatWasMovedAwayIsAnErrorUntilItIsPutBack() throws IOException {
    try (TestServer server = TestServer.start();
        RawConnection connection = RawConnection.https(server)) {
      server.account("reseller", "old");
      server.order("reseller", Product.SSL, 7);
      assertThat(status(connection)).isEqualTo("0\n");
      Path aside = server.folder().resolve("aside");

      Files.move(server.database(), aside);
      awaitStatus(connection, "-14\nAn unknown error occurred!\n");
      assertThat(server.database()).doesNotExist();

      Files.move(aside, server.database());
      awaitStatus(connection, "0\n");
    }
  }

  private static String status(RawConnection connection) throws IOException {
    return connection.post(Forms.SSL, FORM).body();
  }

  private static void awaitStatus(RawConnection connection, String expected) throws IOException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    String answer = status(connection);
    while (!answer.equals(expected) && System.nanoTime() < deadline) {
      answer = status(connection);
    }
    assertThat(answer).isEqualTo(expected);
  }
}
