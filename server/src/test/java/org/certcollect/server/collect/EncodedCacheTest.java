package org.certcollect.server.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.certcollect.protocol.CertificateForm;
import org.certcollect.protocol.EncodedCertificates;
import org.certcollect.protocol.format.ChainPart;
import org.certcollect.protocol.v106.CertificateForm106;
import org.certcollect.protocol.v106.ResponseEncoding;
import org.certcollect.protocol.v106.ResponseType;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.Collects;
import org.certcollect.store.IssuedReference;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.domain.Product;
import org.certcollect.store.x509.VerifiedChain;
import org.junit.jupiter.api.Test;

class EncodedCacheTest {
  private static final CertificateForm FORM =
      new CertificateForm106(ChainPart.WHOLE, ResponseType.ZIP, ResponseEncoding.BASE64);

  private final EncodedCache cache = new EncodedCache(1 << 20);

  /** Broke once: the other thread was an event loop, and all its connections waited with it. */
  @Test
  void slowReadOfACertificateKeepsNoOtherThreadFromReadingIt() throws Exception {
    try (TestServer server = TestServer.start()) {
      server.account("reseller", "right");
      server.order("reseller", Product.SSL, 7);
      server.issue(7, "chain-2");
      Collects store = server.store().collects();
      IssuedReference issued =
          store
              .byLogin("reseller", 7)
              .orElseThrow()
              .order()
              .orElseThrow()
              .certificate()
              .orElseThrow();
      SlowDisk slow = new SlowDisk(store);
      CompletableFuture<EncodedCertificates> first =
          CompletableFuture.supplyAsync(
              () -> cache.get(FORM, 7, issued, slow), EncodedCacheTest::start);
      try {
        slow.reading.await();
        CompletableFuture<EncodedCertificates> second =
            CompletableFuture.supplyAsync(
                () -> cache.get(FORM, 7, issued, store), EncodedCacheTest::start);
        assertThat(second.get(10, TimeUnit.SECONDS).length()).isPositive();
        assertThat(first).isNotDone();
      } finally {
        slow.goOn.countDown();
      }
      assertThat(first.get(10, TimeUnit.SECONDS).length()).isPositive();
    }
  }

  private static void start(Runnable task) {
    new Thread(task).start();
  }

  /** The store's own reads; the read of a chain waits until it is told to go on. */
  private record SlowDisk(Collects reads, CountDownLatch reading, CountDownLatch goOn)
      implements Collects {
    SlowDisk(Collects reads) {
      this(reads, new CountDownLatch(1), new CountDownLatch(1));
    }

    @Override
    public Optional<AccountAndOrder> byLogin(String login, long orderNumber) {
      return reads.byLogin(login, orderNumber);
    }

    @Override
    public Optional<AccountAndOrder> byCertificate(String login, long certificateId) {
      return reads.byCertificate(login, certificateId);
    }

    @Override
    public ValidationDetails details(long orderNumber, Optional<IssuedReference> certificate) {
      return reads.details(orderNumber, certificate);
    }

    @Override
    public Optional<OrderStatus> byCode(CodeHash code) {
      return reads.byCode(code);
    }

    @Override
    public VerifiedChain chain(IssuedReference reference) {
      reading.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return reads.chain(reference);
    }
  }
}
