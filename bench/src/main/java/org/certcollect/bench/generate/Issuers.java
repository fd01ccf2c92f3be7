package org.certcollect.bench.generate;

import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;

/** Forty certification authorities: roots, intermediates, and intermediates below these. */
final class Issuers {
  private static final int ROOTS = 8;
  private static final int INTERMEDIATES = 24;
  private static final int LOWER = 8;
  private static final int RSA_KEYS = 3;
  private static final Instant FROM = Instant.parse("2010-01-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2039-12-31T23:59:59Z");

  /**
   * An authority.
   *
   * @param chain references to its certificate and those above it
   */
  record Issuer(X500Name name, KeyPair keys, List<String> chain) {
    String chainJson() {
      return chain.stream().map(c -> '"' + c + '"').collect(Collectors.joining(",", "[", "]"));
    }
  }

  private final Maker maker;
  private final KeyKinds kinds;
  private final List<KeyPair> rsa;
  private final List<byte[]> certificates = new ArrayList<>();
  private final List<Issuer> all = new ArrayList<>();

  Issuers(long seed, KeyKinds kinds) {
    this.kinds = kinds;
    maker = new Maker(seed);
    rsa = Stream.generate(maker::rsa).limit(RSA_KEYS).toList();
    for (int i = 0; i < ROOTS; i++) {
      X500Name name = name("Root", i);
      KeyPair keys = keys(i);
      all.add(new Issuer(name, keys, List.of(keep(name, keys, name, keys))));
    }
    for (int i = 0; i < INTERMEDIATES; i++) {
      below(all.get(i % ROOTS), name("Issuing", i), keys(i + i / ROOTS));
    }
    for (int i = 0; i < LOWER; i++) {
      below(all.get(ROOTS + 3 * i), name("Domain Validation", i), keys(i));
    }
  }

  List<Issuer> all() {
    return all;
  }

  /** Their certificates, DER, each once. */
  List<byte[]> certificates() {
    return certificates;
  }

  private void below(Issuer issuer, X500Name name, KeyPair keys) {
    String own = keep(issuer.name, issuer.keys, name, keys);
    all.add(new Issuer(name, keys, Stream.concat(Stream.of(own), issuer.chain.stream()).toList()));
  }

  private String keep(X500Name issuer, KeyPair issuerKeys, X500Name name, KeyPair keys) {
    byte[] der = maker.certificate(issuer, issuerKeys, name, keys, FROM, TO);
    certificates.add(der);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(der);
      return "sha256:" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A key for an authority. RSA keys take long to make, so some authorities share one. */
  private KeyPair keys(int i) {
    return kinds.isRsaAuthority(i) ? rsa.get(i / 2 % rsa.size()) : maker.ec();
  }

  private static X500Name name(String kind, int i) {
    return new X500Name("CN=Example " + kind + " CA " + (i + 1) + ",O=Example Trust,C=GB");
  }
}
