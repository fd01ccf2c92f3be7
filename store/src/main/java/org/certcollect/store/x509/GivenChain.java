package org.certcollect.store.x509;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.certcollect.store.Actor;
import org.certcollect.store.CaCertificates;

/**
 * Makes {@link VerifiedChain}s of certificates that come with their whole chain: nothing is added
 * to it. One in the right order stays as it is; another is put right, or refused. The issuers of
 * many end entities are checked once. Safe for use by many threads.
 */
public final class GivenChain {
  private static final int MOST_REMEMBERED = 2_000;
  private static final CaCertificates NONE = new None();

  private final Map<List<X509Certificate>, List<Certificate>> verified = new ConcurrentHashMap<>();

  /**
   * Verifies the chain of an end entity.
   *
   * @param certificate the file with the end entity, which may hold issuers, too
   * @param chain further issuers
   * @throws org.certcollect.store.RefusedException as {@link ChainBuilder#build} does
   */
  public VerifiedChain verify(List<X509Certificate> certificate, List<X509Certificate> chain) {
    List<X509Certificate> all = new ArrayList<>(certificate);
    all.addAll(chain);
    X509Certificate endEntity = all.get(0);
    List<X509Certificate> issuers = all.subList(1, all.size());
    boolean endsHere = issuers.isEmpty() && !isOpenEnded(endEntity);
    boolean isRight = endsHere || (all.size() <= VerifiedChain.MAX_LENGTH && isLink(all, 0));
    if (isRight && !Issuing.isSubordinateCa(endEntity)) {
      Optional<List<Certificate>> checked = issuers(issuers);
      if (checked.isPresent()) {
        return new VerifiedChain(Certificate.of(endEntity), checked.get());
      }
    }
    return new ChainBuilder(NONE).build(certificate, chain);
  }

  private Optional<List<Certificate>> issuers(List<X509Certificate> issuers) {
    List<Certificate> known = verified.get(issuers);
    if (known != null) {
      return Optional.of(known);
    }
    for (int i = 0; i < issuers.size() - 1; i++) {
      if (!isLink(issuers, i)) {
        return Optional.empty();
      }
    }
    if (!issuers.isEmpty() && isOpenEnded(issuers.get(issuers.size() - 1))) {
      return Optional.empty();
    }
    List<Certificate> made = issuers.stream().map(Certificate::of).toList();
    if (verified.size() >= MOST_REMEMBERED) {
      verified.clear();
    }
    verified.put(List.copyOf(issuers), made);
    return Optional.of(made);
  }

  /** Whether the certificate at that index was issued by the one behind it, and no root. */
  private static boolean isLink(List<X509Certificate> chain, int index) {
    if (index + 1 >= chain.size()) {
      return false;
    }
    X509Certificate certificate = chain.get(index);
    X509Certificate issuer = chain.get(index + 1);
    return Issuing.isIssuer(issuer, certificate)
        && Issuing.isCa(issuer)
        && !certificate.equals(issuer)
        && !(Issuing.isNamed(certificate, certificate) && Issuing.isSelfSigned(certificate));
  }

  /** Whether it names itself as its issuer and is not: then what it says of itself is wrong. */
  private static boolean isOpenEnded(X509Certificate last) {
    return Issuing.isNamed(last, last) && !Issuing.isSelfSigned(last);
  }

  private static final class None implements CaCertificates {
    @Override
    public boolean add(Certificate certificate, Actor by) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Certificate> withSubject(byte[] subject) {
      return List.of();
    }

    @Override
    public List<Certificate> list() {
      return List.of();
    }
  }
}
