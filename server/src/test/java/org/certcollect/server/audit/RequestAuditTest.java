package org.certcollect.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.certcollect.admin.DataFolder;
import org.certcollect.admin.audit.AuditConfig;
import org.certcollect.admin.audit.AuditEntry;
import org.certcollect.admin.audit.AuditFolder;
import org.certcollect.admin.audit.AuditLog;
import org.certcollect.admin.audit.AuditVerifier;
import org.certcollect.admin.audit.AuditVerifier.AuditReport;
import org.certcollect.server.auth.RefusalReason;
import org.certcollect.server.auth.RequestSource;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.TestLog;
import org.certcollect.server.testing.TestServer;
import org.certcollect.server.testing.TestServer.Settings;
import org.certcollect.store.CheckResult;
import org.certcollect.store.LastCollects.LastCollect;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestAuditTest {
  private static final Clock CLOCK = Clock.systemUTC();

  @TempDir private Path data;

  private TestServer server(Duration syncInterval) {
    TestServer server =
        TestServer.audited(
            Settings.DEFAULT,
            data,
            new AuditConfig("node", 1 << 20, syncInterval, Duration.ofMinutes(1)));
    server.quickAccount("alpha", "right");
    server.order("alpha", Product.SSL, 7);
    server.issue(7, "chain-3");
    return server;
  }

  private String records() throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("audit/node"))) {
      StringBuilder text = new StringBuilder();
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
        text.append(Files.readString(file));
      }
      return text.toString();
    }
  }

  private AuditReport verify() {
    return AuditVerifier.verify(AuditFolder.in(new DataFolder(data)), "node", List.of(), false);
  }

  @Test
  void aCollectIsRecordedBeforeItsAnswerArrives() throws IOException {
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    try (TestServer server = server(Duration.ofSeconds(1));
        RawConnection connection = RawConnection.https(server)) {
      assertThat(connection.post(Forms.SSL, Forms.certificates("alpha", "right", 7)).body())
          .startsWith("2\n");
      assertThat(records().lines().toList().get(1))
          .contains("\"event\":\"collect\"", "\"endpoint\":\"CollectSSL\"")
          .contains("\"source\":\"127.0.0.1\",\"login\":\"alpha\",\"account\":1,\"order\":7,")
          .contains("\"status\":2,");
      connection.post(Forms.SSL, Forms.certificates("nobody", "right", 7));
      connection.post(Forms.SSL, Forms.certificates("23456789ABCDEFGH", "right", 7));
      connection.post(Forms.SSL, Forms.certificates("\"\\\u017f", "right", 7));
      assertThat(records())
          .contains("\"login\":\"nobody\",\"order\":7,", "\"reason\":\"UNKNOWN_LOGIN\"")
          .contains("\"login\":\"\\\"\\\\")
          .contains("(like a collection code)")
          .doesNotContain("23456789ABCDEFGH");
      connection.post(Forms.SSL, Forms.status("alpha", "right", 7) + "&responseType=x");
      connection.post(Forms.SSL, Forms.status("alpha", "ri&ght", 7));
      assertThat(records())
          .contains("\"login\":\"alpha\",\"order\":7,\"status\":-4,\"argument\":\"responseType\",")
          .contains("\"status\":-2,\"argument\":\"(unknown)\",")
          .doesNotContain("ght");
      server.stop();
      LastCollect last = server.store().lastCollects().of(7).orElseThrow();
      assertThat(last.at()).isBetween(before, Instant.now());
      assertThat(last.by()).isEqualTo("alpha");
      assertThat(last.source()).isEqualTo("127.0.0.1");
    }
    assertThat(verify().problems()).isEmpty();
    assertThat(records()).contains("server.start", "server.stop");
  }

  @Test
  void withoutRecordsOfCollectsTheChainTellsSo() throws IOException {
    AuditConfig config =
        new AuditConfig("node", 1 << 20, Duration.ofSeconds(1), Duration.ofMinutes(1), false);
    try (TestServer server = TestServer.audited(Settings.DEFAULT, data, config);
        RawConnection connection = RawConnection.https(server)) {
      connection.post(Forms.SSL, Forms.certificates("nobody", "right", 7));
      assertThat(records().lines())
          .singleElement()
          .asString()
          .contains("server.start", "\"collects\":\"false\"");
    }
  }

  /** Several event loops write one chain, with and without a disk access for each record. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1_000})
  void allThatManyConnectionsGetIsInOneIntactChain(long syncMillis) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (TestServer server = server(Duration.ofMillis(syncMillis))) {
      List<Future<Void>> clients = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        clients.add(
            threads.submit(
                () -> {
                  try (RawConnection connection = RawConnection.https(server)) {
                    for (int j = 0; j < 50; j++) {
                      assertThat(
                              connection
                                  .post(Forms.SSL, Forms.certificates("alpha", "right", 7))
                                  .body())
                          .startsWith("2\n");
                    }
                  }
                  return null;
                }));
      }
      for (Future<Void> client : clients) {
        client.get(1, TimeUnit.MINUTES);
      }
      assertThat(records().lines().filter(line -> line.contains("\"status\":2"))).hasSize(400);
      assertThat(server.audit().check()).isEqualTo(CheckResult.OK);
      if (syncMillis == 0) {
        assertThat(server.audit().lag()).isZero();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(verify().problems()).isEmpty();
  }

  /** The drill of docs/operations.md: a full disk hands out nothing, and needs no help after it. */
  @Test
  void aFullDiskHandsOutNoCertificateUntilThereIsSpace() throws Exception {
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", data.toString());
    assumeTrue(mounted, "needs the right to mount a tmpfs (root, CAP_SYS_ADMIN)");
    String form = Forms.certificates("alpha", "right", 7);
    try (TestLog log = TestLog.json()) {
      try (TestServer server = server(Duration.ofSeconds(1));
          RawConnection connection = RawConnection.https(server)) {
        assertThat(connection.post(Forms.SSL, form).body()).startsWith("2\n");
        Path filler = data.resolve("filler");
        fill(filler);
        String answer = connection.post(Forms.SSL, form).body();
        // The page that the log has begun takes a few more.
        for (int i = 0; i < 20 && answer.startsWith("2\n"); i++) {
          answer = connection.post(Forms.SSL, form).body();
        }
        for (int i = 0; i < 5; i++) {
          assertThat(connection.post(Forms.SSL, form).body())
              .isEqualTo("-14\nAn unknown error occurred!\n");
        }
        assertThat(log.lines("The audit log cannot be written.")).hasSize(1);
        assertThat(log.lines("NOT_RECORDED").get(0)).contains("No space left on device");
        for (int i = 0; i < RefusalCounts.MAX_SINGLE; i++) {
          assertThat(connection.post(Forms.SSL, "").body()).startsWith("-14\n");
        }
        assertThat(connection.post(Forms.SSL, "").body()).startsWith("-3\n");
        Files.delete(filler);
        assertThat(connection.post(Forms.SSL, form).body()).startsWith("2\n");
        assertThat(log.lines("The audit log can be written again")).hasSize(1);
      }
      long answered =
          log.lines("\"Answered\"").stream().filter(line -> line.contains("\"status\":2,")).count();
      assertThat(records().lines().filter(line -> line.contains("\"status\":2,")))
          .as("no more and no fewer than were handed out")
          .hasSize((int) answered);
      assertThat(records()).contains("\"reason\":\"INVALID_REQUEST\",\"count\":11,");
      assertThat(verify().problems()).isEmpty();
    } finally {
      run("umount", data.toString());
    }
  }

  /** A file system that is frozen blocks each write, as a disk that hangs does. */
  @Test
  void aThreadDoesNotWriteToADiskThatIsLate() throws Exception {
    Path image = data.resolve("image");
    Path mounted = Files.createDirectory(data.resolve("mounted"));
    assumeTrue(
        run("truncate", "-s", "8M", image.toString())
            && run("mkfs.ext4", "-q", image.toString())
            && run("mount", "-o", "loop", image.toString(), mounted.toString()),
        "needs mkfs.ext4 (e2fsprogs), loop devices, and the right to mount (root)");
    AuditConfig config =
        new AuditConfig("node", 1 << 20, Duration.ofMillis(1), Duration.ofMinutes(1));
    ExecutorService eventLoop = Executors.newSingleThreadExecutor();
    AuditEntry entry = new AuditEntry("collect");
    try (AuditLog log = AuditFolder.in(new DataFolder(mounted)).openForServer(config, CLOCK);
        AuditWriter writer = new AuditWriter(log, config)) {
      log.append(List.of(entry));
      while (log.lag().compareTo(Duration.ofMillis(250)) < 0) {
        Thread.onSpinWait();
      }
      // It thaws also if this JVM is killed.
      String freeze = "set -e; fsfreeze -f \"$0\"; echo frozen; cat >/dev/null; fsfreeze -u \"$0\"";
      Process frozen = new ProcessBuilder("sh", "-c", freeze, mounted.toString()).start();
      assertThat(frozen.inputReader().readLine()).isEqualTo("frozen");
      CompletableFuture<CompletableFuture<Void>> begun = new CompletableFuture<>();
      CompletableFuture<Void> written;
      try {
        eventLoop.execute(() -> begun.complete(writer.write(entry, false)));
        written = begun.get(2, TimeUnit.SECONDS);
        assertThat(written).isNotDone();
      } finally {
        frozen.getOutputStream().close();
        assertThat(frozen.waitFor()).isZero();
      }
      written.get(2, TimeUnit.SECONDS);
    } finally {
      eventLoop.shutdown();
      run("umount", mounted.toString());
    }
  }

  private static void fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] page = new byte[4096];
      while (true) {
        out.write(page);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space");
    }
  }

  private static boolean run(String... command) throws Exception {
    return new ProcessBuilder(command).start().waitFor() == 0;
  }

  @Test
  void aHeadIsInTheOrdinaryLogAndSignsTheEnd() throws IOException {
    try (TestLog log = TestLog.json()) {
      server(Duration.ofSeconds(1)).close();
      assertThat(log.lines("Audit head"))
          .hasSize(1)
          .allMatch(line -> line.contains("\"head\":\"node/2/"));
    }
  }

  @Test
  void aHeadThatCannotBeWrittenIsNoFaultOfTheRecords() throws IOException {
    try (TestLog log = TestLog.json()) {
      Path head = data.resolve("audit/node/head");
      try (TestServer server = server(Duration.ofMillis(20))) {
        Files.delete(head);
        Files.createDirectories(head.resolve("in-the-way"));
        server.audit().logHead();
        CheckResult check = server.audit().check();
        assertThat(check).isNotEqualTo(CheckResult.OK);
        Files.delete(head.resolve("in-the-way"));
        Files.delete(head);
        server.audit().logHead();
        assertThat(server.audit().check()).isEqualTo(CheckResult.OK);
      }
      assertThat(log.lines("The head of the audit log cannot be signed")).hasSize(1);
      assertThat(log.lines("The audit log cannot be written")).isEmpty();
    }
  }

  private static List<AuditEntry> ended(RefusalCounts counts) {
    List<AuditEntry> entries = new ArrayList<>();
    counts.end(entries::addAll);
    return entries;
  }

  @Test
  void aFloodOfRefusalsIsRecordedAsACountEvenIfTheDiskIsFullMeanwhile() {
    RefusalCounts counts = new RefusalCounts(CLOCK);
    RequestSource source = RequestSource.of("192.0.2.1");
    for (int i = 0; i < RefusalCounts.MAX_SINGLE; i++) {
      assertThat(counts.isSingle(source, RefusalReason.WRONG_PASSWORD)).isTrue();
    }
    for (int i = 0; i < 1_000; i++) {
      assertThat(counts.isSingle(source, RefusalReason.WRONG_PASSWORD)).isFalse();
    }
    assertThat(counts.isSingle(source, RefusalReason.UNKNOWN_LOGIN)).isTrue();
    RuntimeException full = new IllegalStateException("the disk is full");
    assertThatThrownBy(
            () ->
                counts.end(
                    entries -> {
                      throw full;
                    }))
        .isSameAs(full);
    assertThat(ended(counts)).hasSize(1);
    assertThat(ended(counts)).isEmpty();
    assertThat(counts.isSingle(source, RefusalReason.WRONG_PASSWORD)).isTrue();
  }

  @Test
  void aFloodFromManySourcesLeavesABoundedNumberOfRecords() {
    RefusalCounts counts = new RefusalCounts(CLOCK);
    int singles = 0;
    for (int i = 0; i < 50_000; i++) {
      RequestSource source = RequestSource.of("10." + i / 256 + "." + i % 256 + ".1");
      singles += counts.isSingle(source, RefusalReason.UNKNOWN_LOGIN) ? 1 : 0;
    }
    assertThat(singles).isEqualTo(RefusalCounts.MAX_SINGLE_TOTAL);
    assertThat(ended(counts)).hasSizeLessThanOrEqualTo(RefusalCounts.MAX_BY_SOURCE + 1);
  }
}
