package org.certcollect.bench.generate;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The program behind {@code bench/generate}: realistic orders in the import format. */
public final class Generate {
  private static final int ACCOUNTS = 3_000;
  private static final int POOL = 4_096;
  static final long FIRST_NUMBER = 1_000_001;
  static final long MAX_ORDERS = 20_000_000;
  private static final long MAX_CERTIFICATES = 1 << 20;

  private Generate() {}

  /**
   * Writes orders to standard output.
   *
   * @param arguments the number of orders; a seed (default: 1); the number of certificates that
   *     they share (default: 4096); the kinds of their keys (default: mixed)
   */
  public static void main(String[] arguments) throws IOException {
    if (!areValid(arguments)) {
      System.err.printf(
          Locale.ROOT,
          "usage: bench/generate N [SEED [CERTIFICATES [KEYS]]], N at most %d, CERTIFICATES a"
              + " multiple of %d up to %d, KEYS one of %s%n",
          MAX_ORDERS,
          Pool.KEYS,
          MAX_CERTIFICATES,
          Stream.of(KeyKinds.values()).map(KeyKinds::word).collect(Collectors.joining(", ")));
      System.exit(2);
    }
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
    int pool = arguments.length > 2 ? Integer.parseInt(arguments[2]) : POOL;
    KeyKinds keys =
        arguments.length > 3 ? KeyKinds.read(arguments[3]).orElseThrow() : KeyKinds.MIXED;
    try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
      write(out, Long.parseLong(arguments[0]), seed, pool, keys);
    }
  }

  static boolean areValid(String... arguments) {
    if (arguments.length < 1
        || arguments.length > 4
        || !Arrays.stream(arguments).limit(3).allMatch(a -> a.matches("[0-9]{1,18}"))
        || (arguments.length > 3 && KeyKinds.read(arguments[3]).isEmpty())) {
      return false;
    }
    long pool = arguments.length > 2 ? Long.parseLong(arguments[2]) : POOL;
    return Long.parseLong(arguments[0]) <= MAX_ORDERS
        && pool > 0
        && pool <= MAX_CERTIFICATES
        && pool % Pool.KEYS == 0;
  }

  /** Writes orders, and before them the CA certificates and accounts that they refer to. */
  static void write(OutputStream stream, long count, long seed, int certificates, KeyKinds keys)
      throws IOException {
    Bytes out = new Bytes(stream);
    out.put(Bytes.of("{\"format\":\"certcollect\",\"version\":1}\n"));
    Issuers issuers = new Issuers(seed, keys);
    for (byte[] ca : issuers.certificates()) {
      out.put(
          Bytes.of(
              "{\"type\":\"ca\",\"certificate\":%s}\n".formatted(Pool.pem("CERTIFICATE", ca))));
    }
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 1; i <= ACCOUNTS; i++) {
      out.put(Bytes.of(account(i, random)));
    }
    Pool pool = new Pool(seed, certificates, issuers.all(), keys);
    OrderLines orders = new OrderLines(out, pool, ACCOUNTS, seed);
    for (long i = 0; i < count; i++) {
      orders.write(FIRST_NUMBER + i);
    }
    out.flush();
  }

  /** An account whose hash is that of no password. */
  private static String account(int i, SplittableRandom random) {
    return String.format(
        Locale.ROOT,
        """
        {"type":"account","login":"reseller%d","passwordHash":"$argon2id$v=19$m=19456,t=2,p=1$%s$%s",\
        "products":["ssl","ccc"],"created":"2015-01-01T00:00:00Z"}
        """,
        i,
        base64(random, 16),
        base64(random, 32));
  }

  private static String base64(SplittableRandom random, int bytes) {
    byte[] content = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      content[i] = (byte) random.nextInt(256);
    }
    return Base64.getEncoder().withoutPadding().encodeToString(content);
  }
}
