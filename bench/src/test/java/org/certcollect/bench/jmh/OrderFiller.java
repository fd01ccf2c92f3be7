package org.certcollect.bench.jmh;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.domain.Product;
import org.certcollect.store.transfer.AccountRecord;
import org.certcollect.store.transfer.CertificateRecord;
import org.certcollect.store.transfer.Loader;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.transfer.TransferRecord;
import org.certcollect.store.x509.Certificate;
import org.certcollect.store.x509.VerifiedChain;

/** Issued orders of many accounts, for a store. */
final class OrderFiller {
  private static final int ACCOUNTS = 1_000;
  private static final int AT_ONCE = 1_000;
  private static final long FIRST_NUMBER = 1_000_001;
  private static final PasswordHash OF_NO_PASSWORD =
      new PasswordHash("$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$c29tZWhhc2g");

  private final Instant now = Instant.now();
  private final VerifiedChain chain;

  private OrderFiller() {
    List<Certificate> all = Fixtures.certificates("chain-3").stream().map(Certificate::of).toList();
    chain = new VerifiedChain(all.get(0), all.subList(1, all.size()));
  }

  /** The login of the account that has an order. */
  static String login(int order) {
    return "reseller" + order % ACCOUNTS;
  }

  static long number(int order) {
    return FIRST_NUMBER + order;
  }

  static void fill(Store store, int orders) {
    OrderFiller filler = new OrderFiller();
    Loader loader = store.transfers().loader(new Actor("bench"));
    loader.load(IntStream.range(0, ACCOUNTS).mapToObj(filler::account).toList());
    for (int i = 0; i < orders; i += AT_ONCE) {
      loader.load(
          IntStream.range(i, Math.min(orders, i + AT_ONCE)).mapToObj(filler::order).toList());
    }
  }

  private TransferRecord account(int i) {
    return new AccountRecord(
        login(i), OF_NO_PASSWORD, Set.of(Product.SSL), true, now, Optional.empty());
  }

  private TransferRecord order(int i) {
    return new OrderRecord(
        number(i),
        login(i),
        Product.SSL,
        OrderState.ISSUED,
        Optional.empty(),
        now,
        now,
        List.of(new CertificateRecord(now, chain)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
