package org.certcollect.store.x509;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Verifies certificates that come with their whole chain: nothing is added to it. A chain in the
 * right order stays as it is; another is put right, or refused. The issuers of many end entities
 * are checked once. Safe for use by many threads.
 */
public final class GivenChain {
  private static final int MAX_CACHED = 2_000;
  private static final KnownIssuers NONE = subject -> List.of();

  private final Map<List<ParsedCertificate>, List<Certificate>> verified =
      new ConcurrentHashMap<>();
  private final ChainBuilder builder;

  public GivenChain(UnknownAlgorithms unknownAlgorithms) {
    builder = new ChainBuilder(NONE, Clock.systemUTC(), unknownAlgorithms);
  }

  /**
   * Verifies the chain of an end entity.
   *
   * @param certificate the file with the end entity, which may hold issuers, too
   * @param chain further issuers
   * @throws org.certcollect.store.domain.RefusedException as {@link ChainBuilder#build} does
   */
  public VerifiedChain verify(List<ParsedCertificate> certificate, List<ParsedCertificate> chain) {
    List<ParsedCertificate> all = new ArrayList<>(certificate);
    all.addAll(chain);
    ParsedCertificate endEntity = all.get(0);
    List<ParsedCertificate> issuers = all.subList(1, all.size());
    boolean endsHere = issuers.isEmpty() && !isWrongRoot(endEntity);
    boolean isRight = endsHere || (all.size() <= VerifiedChain.MAX_LENGTH && isLink(all, 0));
    if (isRight && !Issuing.isSubordinateCa(endEntity)) {
      Optional<List<Certificate>> checked = issuers(issuers);
      if (checked.isPresent()) {
        return new VerifiedChain(endEntity.stored(), checked.get());
      }
    }
    return builder.build(certificate, chain);
  }

  private Optional<List<Certificate>> issuers(List<ParsedCertificate> issuers) {
    List<Certificate> known = verified.get(issuers);
    if (known != null) {
      return Optional.of(known);
    }
    for (int i = 0; i < issuers.size() - 1; i++) {
      if (!isLink(issuers, i)) {
        return Optional.empty();
      }
    }
    if (!issuers.isEmpty() && isWrongRoot(issuers.get(issuers.size() - 1))) {
      return Optional.empty();
    }
    List<Certificate> made = issuers.stream().map(ParsedCertificate::stored).toList();
    if (verified.size() >= MAX_CACHED) {
      verified.clear();
    }
    verified.put(List.copyOf(issuers), made);
    return Optional.of(made);
  }

  /** Whether the certificate at that index was issued by the one after it, and is no root. */
  private static boolean isLink(List<ParsedCertificate> chain, int index) {
    if (index + 1 >= chain.size()) {
      return false;
    }
    ParsedCertificate certificate = chain.get(index);
    ParsedCertificate issuer = chain.get(index + 1);
    return Issuing.isIssuer(issuer, certificate)
        && Issuing.isCa(issuer)
        && !certificate.equals(issuer)
        && !Issuing.isSelfSigned(certificate);
  }

  /** Whether it names itself as its issuer and did not sign itself. */
  private static boolean isWrongRoot(ParsedCertificate last) {
    return Issuing.isNamed(last, last) && !Issuing.isSelfSigned(last);
  }
}
