package org.certcollect.server.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.certcollect.admin.Pem;
import org.certcollect.server.config.PushConfig;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.TlsFiles;
import org.certcollect.store.domain.PushUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way to a receiver: its addresses, those that are silent, and who may go there. */
class PushTargetTest {
  private static final InetAddress OTHER = address("127.0.0.2");
  private static final InetAddress IPV6 = address("::1");

  @TempDir private Path folder;

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getAllByName(literal)[0];
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PushConfig within(Duration timeout) {
    return PushFixture.config(Optional.empty(), timeout, Duration.ofDays(1));
  }

  private static PushRequest request(String url) {
    return new PushRequest(new PushUrl(url), Optional.empty(), Map.of(), false);
  }

  private static void assertFails(PushOutcome outcome, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            PushException.class,
            e -> assertThat(e.outcome()).as(e.getMessage()).isEqualTo(outcome));
  }

  @Test
  void theNextAddressIsTriedWhenOneTakesNoConnection() throws Exception {
    try (ScriptedReceiver receiver = new ScriptedReceiver(null);
        PushClient client =
            new PushClient(
                within(Duration.ofSeconds(5)),
                host -> new InetAddress[] {OTHER, InetAddress.getLoopbackAddress()})) {
      PushRequest request = request("http://two.example:" + receiver.port());
      assertThat(client.send(request, () -> true)).hasValue(200);
    }
  }

  /** A port whose queue of connections is full, so that it says nothing to further ones. */
  private static final class SilentPort implements AutoCloseable {
    private final ServerSocket server;
    private final List<Socket> waiting = new ArrayList<>();

    SilentPort(InetAddress address, int port) throws IOException {
      server = new ServerSocket(port, 1, address);
      boolean full = false;
      while (!full) {
        Socket socket = new Socket();
        waiting.add(socket);
        try {
          socket.connect(new InetSocketAddress(address, port), 200);
        } catch (SocketTimeoutException e) {
          full = true;
        }
      }
    }

    @Override
    public void close() throws IOException {
      for (Socket socket : waiting) {
        socket.close();
      }
      server.close();
    }
  }

  @Test
  void aSilentAddressLeavesTimeForTheNextAndAllEndInTime() throws Exception {
    Duration timeout = Duration.ofSeconds(3);
    try (ScriptedReceiver receiver = new ScriptedReceiver(null);
        SilentPort silent = new SilentPort(OTHER, receiver.port());
        PushClient both =
            new PushClient(
                within(timeout),
                host -> new InetAddress[] {OTHER, InetAddress.getLoopbackAddress()});
        PushClient silentOnly =
            new PushClient(within(timeout), host -> new InetAddress[] {OTHER, OTHER})) {
      PushRequest request = request("http://two.example:" + receiver.port());
      assertThat(both.send(request, () -> true)).hasValue(200);
      long began = System.nanoTime();
      assertFails(PushOutcome.TIMEOUT, () -> silentOnly.send(request, () -> true));
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isBetween(timeout.dividedBy(2), timeout.plusSeconds(2));
      assertThat(receiver.requests()).hasSize(1);
      assertThat(silent.waiting).isNotEmpty();
    }
  }

  @Test
  void aNameServerThatIsSilentHoldsUpOneAttemptOnly() throws Exception {
    CountDownLatch silence = new CountDownLatch(1);
    Duration timeout = Duration.ofMillis(500);
    PushConfig config = PushFixture.config(Optional.empty(), timeout, 1, Duration.ofDays(1));
    try (ScriptedReceiver receiver = new ScriptedReceiver(null);
        PushClient client =
            new PushClient(
                config,
                host -> {
                  try {
                    if (host.equals("silent.example")) {
                      silence.await();
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  return new InetAddress[] {InetAddress.getLoopbackAddress()};
                })) {
      PushRequest well = request("http://well.example:" + receiver.port());
      PushRequest lost = request("http://silent.example:" + receiver.port());
      long began = System.nanoTime();
      assertFails(PushOutcome.TIMEOUT, () -> client.send(lost, () -> true));
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(timeout.multipliedBy(8));
      assertThat(client.send(well, () -> true)).hasValue(200);
      assertFails(PushOutcome.TIMEOUT, () -> client.send(lost, () -> true));
      assertFails(PushOutcome.TIMEOUT, () -> client.send(well, () -> true));
      silence.countDown();
      Await.until("the threads are back", () -> isSent(client, well));
    }
  }

  private static boolean isSent(PushClient client, PushRequest request) {
    try {
      return client.send(request, () -> true).isPresent();
    } catch (PushException e) {
      return false;
    }
  }

  @Test
  void anAddressOfIpv6IsReachedIfItIsAllowed() throws Exception {
    KeyPair pair = TlsFiles.keys("EC");
    X509Certificate own = certificate(pair, "::1");
    Path trusted =
        Files.writeString(folder.resolve("trusted.pem"), Pem.certificate(own.getEncoded()));
    PushConfig allowed =
        PushFixture.config(Optional.of(trusted), Duration.ofSeconds(5), Duration.ofDays(1));
    PushConfig others =
        new PushConfig(
            List.of("127.0.0.1"), Optional.of(trusted), allowed.timeout(), 1, Duration.ZERO);
    try (ScriptedReceiver plain = new ScriptedReceiver(null, IPV6);
        ScriptedReceiver secure = new ScriptedReceiver(PushDeliveryTest.context(pair, own), IPV6);
        ScriptedReceiver foreign =
            new ScriptedReceiver(PushDeliveryTest.context(pair, certificate(pair, "::2")), IPV6);
        PushClient client = new PushClient(allowed);
        PushClient strict = new PushClient(others)) {
      for (ScriptedReceiver receiver : List.of(plain, secure)) {
        String url = (receiver == plain ? "http" : "https") + "://[::1]:" + receiver.port() + "/in";
        assertThat(client.send(request(url), () -> true)).hasValue(200);
        assertThat(receiver.requests().get(0).headers())
            .containsEntry("host", "[::1]:" + receiver.port());
        assertFails(PushOutcome.FORBIDDEN, () -> strict.send(request(url), () -> true));
        assertThat(receiver.requests()).hasSize(1);
      }
      assertFails(
          PushOutcome.TLS,
          () -> client.send(request("https://[::1]:" + foreign.port()), () -> true));
    }
  }

  @Test
  void anIpv4MappedAddressIsThatOfIpv4() throws Exception {
    try (ScriptedReceiver receiver = new ScriptedReceiver(null);
        PushClient client = new PushClient(within(Duration.ofSeconds(5)));
        PushClient strict = new PushClient(PushConfig.DEFAULT)) {
      PushRequest request = request("http://[::ffff:127.0.0.1]:" + receiver.port());
      assertThat(client.send(request, () -> true)).hasValue(200);
      assertFails(PushOutcome.FORBIDDEN, () -> strict.send(request, () -> true));
      assertThat(receiver.requests()).hasSize(1);
    }
  }

  private static X509Certificate certificate(KeyPair pair, String address) throws Exception {
    return new JcaX509CertificateConverter()
        .getCertificate(
            new JcaX509v3CertificateBuilder(
                    new X500Name("CN=push"),
                    BigInteger.ONE,
                    Date.from(Instant.now().minusSeconds(60)),
                    Date.from(Instant.now().plusSeconds(600)),
                    new X500Name("CN=push"),
                    pair.getPublic())
                .addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.iPAddress, address)))
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
  }

  /** A clock that is an hour ahead, as for a process that was halted after it claimed something. */
  private static final class HaltedClock extends Clock {
    private final AtomicInteger reads = new AtomicInteger();

    @Override
    public Instant instant() {
      reads.incrementAndGet();
      return Instant.now().plus(Duration.ofHours(1));
    }

    @Override
    public ZoneId getZone() {
      return Clock.systemUTC().getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Test
  void nothingIsSentWhenTheClaimHasEnded() throws Exception {
    try (ScriptedReceiver receiver = new ScriptedReceiver(null);
        PushFixture fixture = new PushFixture(folder.resolve("store.sqlite"))) {
      fixture.receiver("demo", receiver.url(), false);
      fixture.rejected("demo", 7);
      HaltedClock clock = new HaltedClock();
      PushDelivery halted = fixture.deliver(PushFixture.config(), clock);
      try (halted) {
        Await.until("it was about to send", () -> clock.reads.get() > 1);
      }
      assertThat(receiver.requests()).isEmpty();
      assertThat(receiver.connections()).isPositive();
      assertThat(fixture.store.pushes().list(false, 0, 9).get(0).attempts()).isZero();
      assertThat(fixture.store.pushes().retry(OptionalLong.empty(), PushFixture.TESTER)).isZero();
      assertThat(fixture.store.pushes().retry(OptionalLong.of(1), PushFixture.TESTER)).isEqualTo(1);
      fixture.deliverAll(PushFixture.config());
      assertThat(receiver.orders()).containsExactly("7");
    }
  }

  /** Half of the connections are for receivers that did not fail last. */
  @Test
  void manyDeadReceiversHoldUpNoneThatIsWell() throws Exception {
    int dead = 24;
    Duration timeout = Duration.ofMillis(500);
    try (ScriptedReceiver hanging = new ScriptedReceiver(null);
        ScriptedReceiver well = new ScriptedReceiver(null);
        PushFixture fixture = new PushFixture(folder.resolve("store.sqlite"))) {
      hanging.answers.addAll(Collections.nCopies(10_000, "HANG"));
      for (int i = 0; i < dead; i++) {
        fixture.receiver("dead" + i, hanging.url(), false);
        fixture.rejected("dead" + i, 1_000 + i);
      }
      fixture.receiver("well", well.url(), false);
      PushConfig config = PushFixture.config(Optional.empty(), timeout, 4, Duration.ofDays(1));
      try (PushDelivery delivery = fixture.deliver(config)) {
        Await.until("all were tried", () -> Set.copyOf(hanging.orders()).size() == dead);
        long began = System.nanoTime();
        for (int number = 1; number <= 20; number++) {
          int wanted = number;
          fixture.rejected("well", number);
          delivery.wake();
          Await.until("it is told", () -> well.requests().size() == wanted);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began))
            .as("a round of the dead takes six time-outs")
            .isLessThan(timeout.multipliedBy(20));
        assertThat(hanging.requests().size()).as("the dead are tried on").isGreaterThan(dead);
      }
    }
  }
}
