package org.certcollect.bench.generate;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.certcollect.admin.EnumWords;
import org.certcollect.store.domain.OrderState;

/** A writer of order lines. Each line depends only on the seed and the number. */
final class OrderLines {
  private static final byte[] START = Bytes.of("{\"type\":\"order\",\"number\":");
  private static final byte[] ACCOUNT = Bytes.of(",\"account\":\"reseller");
  private static final byte[] SSL = Bytes.of("\",\"product\":\"ssl\",\"state\":\"");
  private static final byte[] CCC = Bytes.of("\",\"product\":\"ccc\",\"state\":\"");
  private static final byte[] CREATED = Bytes.of("\",\"created\":");
  private static final byte[] CHANGED = Bytes.of(",\"changed\":");
  private static final byte[] CERTIFICATES = Bytes.of(",\"certificates\":[{\"issued\":");
  private static final byte[] ANOTHER = Bytes.of(",{\"issued\":");
  private static final byte[] ARRAY_END = Bytes.of("]");
  private static final byte[] CODE_HASH = Bytes.of(",\"codeHash\":\"");
  private static final byte[] QUOTE = Bytes.of("\"");
  private static final byte[] REASON = Bytes.of(",\"reason\":\"by the subscriber\"");
  private static final byte[] EVENTS = Bytes.of(",\"events\":[{\"at\":");
  private static final byte[] EVENT = Bytes.of(",{\"at\":");
  private static final byte[] END = Bytes.of("]}\n");
  private static final long START_MILLIS = 1_762_000_000_000L;
  // The greatest number of orders takes a year.
  private static final long MILLIS_BETWEEN = 365L * 86_400_000 / Generate.MAX_ORDERS;
  private static final long HOUR = 3_600_000;

  private static final Map<OrderState, byte[]> WORDS =
      Arrays.stream(OrderState.values())
          .collect(Collectors.toMap(state -> state, state -> Bytes.of(EnumWords.of(state))));

  private final Bytes out;
  private final Pool pool;
  private final int accounts;
  private final long seed;

  OrderLines(Bytes out, Pool pool, int accounts, long seed) {
    this.out = out;
    this.pool = pool;
    this.accounts = accounts;
    this.seed = seed;
  }

  void write(long number) throws IOException {
    SplittableRandom random = new SplittableRandom(seed * 31 + number);
    OrderState state = state(random.nextInt(100));
    boolean ccc = random.nextInt(5) == 0;
    boolean wasIssued = state == OrderState.ISSUED || state == OrderState.REVOKED;
    int certificates = wasIssued ? 1 + reissues(random) : 0;
    // A counter gives the numbers, so later orders have greater ones.
    long created = START_MILLIS + (number - Generate.FIRST_NUMBER) * MILLIS_BETWEEN;
    long changed = created + HOUR * (2 + certificates);
    // Few resellers have most orders.
    int account = Math.min(random.nextInt(accounts), random.nextInt(accounts));
    out.put(START).number(number).put(ACCOUNT).number(account + 1L).put(ccc ? CCC : SSL);
    out.put(Objects.requireNonNull(WORDS.get(state)))
        .put(CREATED)
        .timestamp(created)
        .put(CHANGED)
        .timestamp(changed);
    if (state == OrderState.REVOKED) {
      out.put(REASON);
    }
    if (wasIssued) {
      certificates(random, certificates, created);
    }
    if (ccc) {
      codeHash(random);
    }
    events(state, created, certificates);
  }

  /** Most orders are issued and stay so. */
  private static OrderState state(int percent) {
    if (percent < 2) {
      return OrderState.AWAITING_PAYMENT;
    }
    if (percent < 5) {
      return OrderState.PROCESSING;
    }
    if (percent < 8) {
      return OrderState.REJECTED;
    }
    return percent < 15 ? OrderState.REVOKED : OrderState.ISSUED;
  }

  private static int reissues(SplittableRandom random) {
    int percent = random.nextInt(100);
    return percent < 1 ? 2 : percent < 7 ? 1 : 0;
  }

  private void certificates(SplittableRandom random, int count, long created) throws IOException {
    int first = random.nextInt(pool.size());
    int certificate = first;
    for (int i = 0; i < count; i++) {
      out.put(i == 0 ? CERTIFICATES : ANOTHER).timestamp(created + HOUR * (2 + i));
      out.put(pool.certificate(certificate));
      certificate = pool.reissue(certificate);
    }
    out.put(ARRAY_END);
    if (random.nextInt(5) < 2) {
      out.put(pool.request(first));
    }
  }

  private void codeHash(SplittableRandom random) throws IOException {
    byte[] hash = new byte[32];
    for (int i = 0; i < hash.length; i++) {
      hash[i] = (byte) random.nextInt(256);
    }
    out.put(CODE_HASH).put(Base64.getEncoder().encode(hash)).put(QUOTE);
  }

  private void events(OrderState state, long created, int certificates) throws IOException {
    out.put(EVENTS).timestamp(created).put(EventJson.ADD);
    if (state != OrderState.AWAITING_PAYMENT && state != OrderState.REJECTED) {
      out.put(EVENT).timestamp(created + HOUR).put(EventJson.PAY);
    }
    for (int i = 0; i < certificates; i++) {
      long at = created + HOUR * (2 + i);
      out.put(EVENT).timestamp(at).put(i == 0 ? EventJson.ISSUE : EventJson.REISSUE);
    }
    long last = created + HOUR * (2 + certificates);
    if (state == OrderState.REVOKED) {
      out.put(EVENT).timestamp(last).put(EventJson.REVOKE);
    }
    if (state == OrderState.REJECTED) {
      out.put(EVENT).timestamp(last).put(EventJson.REJECT);
    }
    out.put(END);
  }
}
