package org.certcollect.server.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.certcollect.server.testing.Await;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a sender in the midst of its push notifications. */
@Tag("drill")
class PushCrashTest {
  private static final int PUSHES = 1_000;
  private static final int ACCOUNTS = 4;
  private static final int KILLS = 3;

  @TempDir private Path folder;

  /** A program that delivers what is in a store until it is killed. */
  static final class Sender {
    private Sender() {}

    public static void main(String[] arguments) {
      PushFixture fixture = new PushFixture(Path.of(arguments[0]));
      var unused = fixture.deliver(PushFixture.config());
      while (true) {
        LockSupport.park();
      }
    }
  }

  @Test
  void killsLoseNoneAndRepeatAtMostThoseThatWereBeingSent() throws Exception {
    Path file = folder.resolve("store.sqlite");
    try (ScriptedReceiver receiver = new ScriptedReceiver(null);
        PushFixture fixture = new PushFixture(file)) {
      for (int account = 0; account < ACCOUNTS; account++) {
        fixture.receiver("account" + account, receiver.url(), false);
      }
      for (long number = 1; number <= PUSHES; number++) {
        fixture.rejected("account" + number % ACCOUNTS, number);
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
                        file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sender.txt").toFile())
                .start();
        int wanted = kill * PUSHES / (KILLS + 1);
        Await.until("some are sent", () -> receiver.requests().size() >= wanted);
        sender.destroyForcibly().waitFor();
      }
      fixture.deliverAll(PushFixture.config());
      List<String> told = receiver.orders();
      assertThat(told)
          .containsAll(LongStream.rangeClosed(1, PUSHES).mapToObj(Long::toString).toList())
          .hasSizeBetween(PUSHES, PUSHES + KILLS * ACCOUNTS);
    }
  }
}
