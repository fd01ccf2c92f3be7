package org.certcollect.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.certcollect.server.config.AuthConfig;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.TestLog;
import org.certcollect.server.testing.TestServer;
import org.certcollect.server.testing.TestServer.Settings;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.Test;

/** Floods of more passwords than the machine can check. */
class OverloadTest {
  private static final int FLOOD = 60;

  @Test
  void floodOfGuessesIsTurnedAwayAndVerifiedLoginsKeepTheirPace() throws IOException {
    AuthConfig narrow = new AuthConfig(1_000, Duration.ofMinutes(10), 1_000, 1_000, 4);
    try (TestLog log = TestLog.text();
        TestServer server = TestServer.start(Settings.DEFAULT.with(narrow));
        RawConnection known = RawConnection.https(server)) {
      server.account("reseller", "right");
      server.order("reseller", Product.SSL, 7);
      String right = Forms.status("reseller", "right", 7);
      assertThat(known.post(Forms.SSL, right).body()).isEqualTo("0\n");

      List<RawConnection> flood = new ArrayList<>();
      for (int i = 0; i < FLOOD; i++) {
        flood.add(RawConnection.https(server));
      }
      for (int i = 0; i < FLOOD; i++) {
        flood.get(i).send(Forms.post(Forms.SSL, Forms.status("reseller", "no" + i, 7)));
      }
      for (int i = 0; i < 50; i++) {
        assertThat(known.post(Forms.SSL, right).body()).isEqualTo("0\n");
      }
      List<String> answers = new ArrayList<>();
      for (RawConnection connection : flood) {
        answers.add(connection.read().body());
        connection.close();
      }
      String unknownError = "-14\nAn unknown error occurred!\n";
      assertThat(answers)
          .containsOnly("-16\nPermission denied!\n", unknownError)
          .contains(unknownError);
      long turnedAway = answers.stream().filter(unknownError::equals).count();
      assertThat(log.lines("Too many passwords wait")).hasSize((int) turnedAway);
      assertThat(log.lines("  at ")).as("no stack trace for what is no bug").isEmpty();
    }
  }
}
