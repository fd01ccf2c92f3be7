package org.certcollect.bench.generate;

import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x500.X500Name;
import org.certcollect.bench.generate.Issuers.Issuer;

/** The certificates that the orders share, as JSON that is ready to be copied. */
final class Pool {
  static final int KEYS = 64;
  private static final int YEAR = 365;
  private static final Instant FROM = Instant.parse("2025-11-01T00:00:00Z");
  private static final Instant FIRST_TO = Instant.parse("2026-12-01T23:59:59Z");
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private final List<byte[]> certificates;
  private final List<byte[]> requests = new ArrayList<>();

  /**
   * Makes the certificates.
   *
   * @param size the number of certificates, a multiple of 64
   */
  Pool(long seed, int size, List<Issuer> issuers, KeyKinds kinds) {
    if (size % KEYS != 0) {
      throw new IllegalArgumentException("the certificates are a multiple of " + KEYS);
    }
    Maker maker = new Maker(seed + 1);
    List<KeyPair> keys = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      KeyPair pair = kinds.isRsaEndEntity(i) ? maker.rsa() : maker.ec();
      keys.add(pair);
      byte[] request = maker.request(new X500Name("CN=www.example.com,C=GB"), pair);
      requests.add(Bytes.of(",\"signingRequest\":" + pem("CERTIFICATE REQUEST", request)));
    }
    certificates =
        IntStream.range(0, size)
            .parallel()
            .mapToObj(
                i ->
                    certificate(
                        new Maker(seed + 2 + i),
                        i,
                        issuers.get(i % issuers.size()),
                        keys.get(i % KEYS)))
            .toList();
  }

  /** A certificate with its chain: the end of a JSON object that begins with the time of issue. */
  byte[] certificate(int i) {
    return certificates.get(i);
  }

  /** The key and value of the signing request of a certificate. */
  byte[] request(int i) {
    return requests.get(i % KEYS);
  }

  /** Another certificate for the same request. */
  int reissue(int i) {
    return (i + KEYS) % size();
  }

  int size() {
    return certificates.size();
  }

  static String pem(String label, byte[] der) {
    String pem =
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(label, LINES.encodeToString(der), label);
    return '"' + pem.replace("\n", "\\n") + '"';
  }

  private static byte[] certificate(Maker maker, int i, Issuer issuer, KeyPair keys) {
    String host = String.format(Locale.ROOT, "www%d.shop-%d.example", i, i % 977);
    byte[] der =
        maker.certificate(
            issuer.name(),
            issuer.keys(),
            new X500Name("CN=" + host + ",O=Shop " + i % 977 + ",C=GB"),
            keys,
            FROM,
            FIRST_TO.plus(Duration.ofDays(i % YEAR)),
            host,
            host.substring(host.indexOf('.') + 1));
    return Bytes.of(
        ",\"certificate\":" + pem("CERTIFICATE", der) + ",\"chain\":" + issuer.chainJson() + "}");
  }
}
