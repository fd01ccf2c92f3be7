package org.certcollect.server.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.certcollect.server.config.MailConfig.Security;
import org.certcollect.server.testing.Await;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a sender in the midst of its mails. */
@Tag("drill")
class MailCrashTest {
  private static final int MAILS = 1_000;
  private static final int KILLS = 3;

  @TempDir private Path folder;

  /** A program that delivers what is in a store until it is killed. */
  static final class Sender {
    private Sender() {}

    public static void main(String[] arguments) {
      MailFixture fixture = new MailFixture(Path.of(arguments[0]));
      var unused =
          fixture.deliver(MailFixture.config(Integer.parseInt(arguments[1]), Security.NONE));
      while (true) {
        LockSupport.park();
      }
    }
  }

  @Test
  void killsLoseNoMailAndRepeatAtMostTheOneThatWasBeingSent() throws Exception {
    Path file = folder.resolve("store.sqlite");
    try (ScriptedSmtp smtp = new ScriptedSmtp(null, "");
        MailFixture fixture = new MailFixture(file)) {
      for (int number = 1; number <= MAILS; number++) {
        fixture.order(number, Product.SSL, Optional.empty());
      }
      for (int kill = 1; kill <= KILLS; kill++) {
        Process sender =
            new ProcessBuilder(
                    List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Sender.class.getName(),
                        file.toString(),
                        Integer.toString(smtp.port())))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sender.txt").toFile())
                .start();
        int wanted = kill * MAILS / (KILLS + 1);
        Await.until("some are sent", () -> smtp.mails.size() >= wanted);
        sender.destroyForcibly().waitFor();
      }
      fixture.deliverAll(MailFixture.config(smtp.port(), Security.NONE));
      Set<String> ids = new HashSet<>();
      for (String mail : smtp.mails) {
        ids.add(MailFixture.parse(mail).getHeader("Message-ID")[0]);
      }
      assertThat(ids).hasSize(MAILS);
      assertThat(smtp.mails).hasSizeBetween(MAILS, MAILS + KILLS);
    }
  }
}
