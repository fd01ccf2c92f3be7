package org.certcollect.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.certcollect.server.config.ProxyConfig;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.PasswordChecks;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.TestLog;
import org.certcollect.server.testing.TestServer;
import org.certcollect.server.testing.TestServer.Settings;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Wrong guesses over the wire. The tester is a trusted proxy, so that it can be many sources. */
class ThrottlingTest {
  private static final String DENIED = "-16\nPermission denied!\n";
  private static final String UNKNOWN_ERROR = "-14\nAn unknown error occurred!\n";
  private static final String NO_SUCH_CODE =
      "-4\nThe value of the 'collectionCode' argument is invalid!\n";

  private TestServer server;
  private RawConnection connection;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.start(Settings.DEFAULT.with(new ProxyConfig(List.of("127.0.0.0/8"))));
    server.quickAccount("reseller", "right");
    server.quickAccount("other", "right");
    server.order("reseller", Product.CCC, 7);
    server.order("other", Product.CCC, 8);
    server.store().orders().setCode(7, server.hashCode("CODE"), TestServer.TESTER);
    server.store().orders().setCode(8, server.hashCode("OTHERCODE"), TestServer.TESTER);
    connection = RawConnection.https(server);
  }

  @AfterEach
  void stop() throws IOException {
    connection.close();
    server.close();
  }

  private String from(String source, String form) throws IOException {
    return connection.send(Forms.post(Forms.CCC, form, "X-Forwarded-For: " + source)).read().body();
  }

  @Test
  void afterTwentyWrongGuessesTheRightPasswordIsRefusedUnchecked() throws IOException {
    server.account("costly", "right");
    server.order("costly", Product.CCC, 9);
    String right = Forms.status("costly", "right", 9);
    for (int i = 0; i < 20; i++) {
      assertThat(from("192.0.2.1", Forms.status("costly", "no" + i, 9))).isEqualTo(DENIED);
    }
    long worked = PasswordChecks.cpuNanos();
    for (int i = 0; i < 5; i++) {
      assertThat(from("192.0.2.1", right)).isEqualTo(DENIED);
    }
    assertThat(PasswordChecks.cpuNanos() - worked).isLessThan(PasswordChecks.MIN_CPU_NANOS);

    assertThat(from("192.0.2.1", Forms.status("other", "right", 8))).as("a login").isEqualTo("0\n");
    assertThat(from("192.0.2.2", right)).as("a source").isEqualTo("0\n");
    assertThat(from("192.0.2.1", right)).as("verified elsewhere only").isEqualTo(DENIED);
  }

  /**
   * Broke once: the store was asked first, which took longer for a login that nobody has. Here it
   * cannot be asked.
   */
  @Test
  void throttledGuessIsRefusedWithoutALookAtTheStore() throws IOException {
    assertThat(from("192.0.2.1", Forms.status("other", "right", 8))).isEqualTo("0\n");
    for (int i = 0; i < 20; i++) {
      from("192.0.2.1", Forms.status("reseller", "no" + i, 7));
      from("192.0.2.1", Forms.status("nobody", "no" + i, 7));
      from("192.0.2.1", Forms.code("NO" + i));
    }
    server.store().close();
    assertThat(from("192.0.2.1", Forms.status("reseller", "right", 7))).isEqualTo(DENIED);
    assertThat(from("192.0.2.1", Forms.status("nobody", "right", 7))).isEqualTo(DENIED);
    assertThat(from("192.0.2.1", Forms.code("CODE"))).isEqualTo(DENIED);
    assertThat(from("192.0.2.2", Forms.status("nobody", "no", 7))).isEqualTo(UNKNOWN_ERROR);
    assertThat(from("192.0.2.1", Forms.status("other", "right", 8))).isEqualTo(UNKNOWN_ERROR);
  }

  @Test
  void nineteenWrongGuessesThrottleNobody() throws IOException {
    for (int i = 0; i < 19; i++) {
      assertThat(from("192.0.2.1", Forms.status("reseller", "no" + i, 7))).isEqualTo(DENIED);
    }
    assertThat(from("192.0.2.1", Forms.status("reseller", "right", 7))).isEqualTo("0\n");
  }

  @Test
  void verifiedLoginIsServedWhateverIsGuessedBesideIt() throws IOException {
    String right = Forms.status("reseller", "right", 7);
    assertThat(from("192.0.2.1", right)).isEqualTo("0\n");
    for (int i = 0; i < 25; i++) {
      assertThat(from("192.0.2.1", Forms.status("reseller", "no" + i, 7))).isEqualTo(DENIED);
      assertThat(from("192.0.2.1", right)).isEqualTo("0\n");
    }
  }

  /**
   * Broke once (issue 10, fault 14): the right guess was accepted from anywhere, after any number
   * of wrong ones.
   */
  @Test
  void strangersRightGuessIsRefusedWhileTheOwnerPolls() throws IOException {
    String right = Forms.status("reseller", "right", 7);
    try (TestLog log = TestLog.json()) {
      for (int i = 0; i < 150; i++) {
        assertThat(from("192.0.2.1", right)).as("the owner").isEqualTo("0\n");
        from("198.51.100.2", Forms.status("reseller", "no" + i, 7));
      }
      assertThat(from("198.51.100.2", right)).as("the stranger").isEqualTo(DENIED);
      assertThat(from("192.0.2.1", right)).as("the owner").isEqualTo("0\n");
      assertThat(log.lines("Too many wrong guesses at the password of one account")).hasSize(1);
    }
  }

  @Test
  void wrongCodesAreThrottledLikePasswords() throws IOException {
    assertThat(from("192.0.2.1", Forms.code("CODE"))).isEqualTo("0\n");
    for (int i = 0; i < 20; i++) {
      assertThat(from("192.0.2.1", Forms.code("NO" + i))).isEqualTo(NO_SUCH_CODE);
    }
    assertThat(from("192.0.2.1", Forms.code("NO"))).isEqualTo(DENIED);
    assertThat(from("192.0.2.1", Forms.code("OTHERCODE"))).isEqualTo(DENIED);
    assertThat(from("192.0.2.1", Forms.code("CODE"))).as("a known code").isEqualTo("0\n");
    assertThat(from("192.0.2.2", Forms.code("OTHERCODE"))).as("a source").isEqualTo("0\n");
    assertThat(from("192.0.2.1", Forms.status("reseller", "right", 7))).isEqualTo("0\n");
  }

  @Test
  void ipv6NetworkIsThrottledAsOneSource() throws IOException {
    for (int i = 0; i < 20; i++) {
      assertThat(from("2001:db8::" + i, Forms.code("NO" + i))).isEqualTo(NO_SUCH_CODE);
    }
    assertThat(from("2001:db8::ffff", Forms.code("CODE"))).isEqualTo(DENIED);
    assertThat(from("2001:db8:0:1::1", Forms.code("CODE"))).isEqualTo("0\n");
  }
}
