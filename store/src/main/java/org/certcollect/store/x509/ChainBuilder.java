package org.certcollect.store.x509;

import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.certcollect.store.CaCertificates;
import org.certcollect.store.RefusedException;

/**
 * Makes a {@link VerifiedChain} of certificates that come in any order: puts them right, checks
 * each signature, and completes them from the CA certificates already known, up to the root where
 * that is known. Validity periods are not looked at: expired certificates are handed out, too.
 */
public final class ChainBuilder {
  /**
   * As many as a chain may have, and as many to choose from. Each may be checked against each
   * other: of all that fit into a file, for minutes.
   */
  private static final int MOST_GIVEN = 2 * VerifiedChain.MAX_LENGTH;

  private final CaCertificates known;

  public ChainBuilder(CaCertificates known) {
    this.known = known;
  }

  /**
   * Builds the chain of an end entity.
   *
   * @param certificate the file with the end entity, which may hold issuers, too
   * @param chain further issuers
   * @throws RefusedException when a signature is wrong, an issuer is no CA, the end entity is one,
   *     a certificate does not belong to the chain, or there are too many
   */
  public VerifiedChain build(List<X509Certificate> certificate, List<X509Certificate> chain) {
    Set<X509Certificate> presented = new LinkedHashSet<>(certificate);
    presented.addAll(chain);
    if (presented.size() > MOST_GIVEN) {
      throw refused(
          String.format(
              Locale.ROOT,
              "%d certificates were given, but a chain has at most %d: give those of the chain"
                  + " alone",
              presented.size(),
              VerifiedChain.MAX_LENGTH));
    }
    X509Certificate endEntity = endEntity(new LinkedHashSet<>(certificate));
    if (Issuing.isSubordinateCa(endEntity)) {
      throw refused(
          SubjectNames.shown(endEntity)
              + " is a CA certificate, not an end entity's: give the end entity's as the"
              + " certificate, and this one in its chain");
    }
    List<X509Certificate> members = climb(endEntity, presented);
    refuseForeign(members, presented);
    return new VerifiedChain(
        Certificate.of(endEntity), members.stream().skip(1).map(Certificate::of).toList());
  }

  private static X509Certificate endEntity(Set<X509Certificate> certificates) {
    return certificates.stream()
        .filter(
            candidate ->
                certificates.stream()
                    .noneMatch(c -> !c.equals(candidate) && Issuing.isIssuer(candidate, c)))
        .findFirst()
        .orElseThrow(() -> refused("there is no end entity's certificate"));
  }

  private List<X509Certificate> climb(X509Certificate endEntity, Set<X509Certificate> presented) {
    List<X509Certificate> members = new ArrayList<>(List.of(endEntity));
    Optional<X509Certificate> next = issuer(endEntity, members, presented);
    while (next.isPresent()) {
      if (members.size() == VerifiedChain.MAX_LENGTH) {
        throw refused(
            String.format(
                Locale.ROOT,
                "the chain of %s has more than %d certificates",
                SubjectNames.shown(endEntity),
                VerifiedChain.MAX_LENGTH));
      }
      members.add(next.get());
      next = issuer(next.get(), members, presented);
    }
    return members;
  }

  private Optional<X509Certificate> issuer(
      X509Certificate certificate, List<X509Certificate> members, Set<X509Certificate> presented) {
    if (Issuing.isSelfSigned(certificate)) {
      return Optional.empty();
    }
    List<X509Certificate> named = new ArrayList<>(named(certificate, presented));
    named.removeAll(members);
    if (named.isEmpty() && Issuing.isNamed(certificate, certificate)) {
      throw refused(
          SubjectNames.shown(certificate) + " names itself as its issuer, but did not sign it");
    }
    if (named.isEmpty()) {
      return Optional.empty();
    }
    List<X509Certificate> signers =
        named.stream().filter(candidate -> Issuing.isSigned(candidate, certificate)).toList();
    if (signers.isEmpty()) {
      throw refused(
          "%s was not signed by %s, which it names as its issuer"
              .formatted(SubjectNames.shown(certificate), SubjectNames.shown(named.get(0))));
    }
    return Optional.of(
        signers.stream()
            .filter(Issuing::isCa)
            .max(preference(presented))
            .orElseThrow(
                () -> refused(SubjectNames.shown(signers.get(0)) + " is not a CA certificate")));
  }

  /** The certificates that bear the issuer's name: those presented, then those known. */
  private Set<X509Certificate> named(X509Certificate certificate, Set<X509Certificate> presented) {
    Set<X509Certificate> named = new LinkedHashSet<>();
    presented.stream().filter(c -> Issuing.isNamed(c, certificate)).forEach(named::add);
    known.withSubject(certificate.getIssuerX500Principal().getEncoded()).stream()
        .map(CertificateReader::parse)
        .forEach(named::add);
    return named;
  }

  /** Of cross-signed alternatives: a presented one, one that leads on, the newest. */
  private Comparator<X509Certificate> preference(Set<X509Certificate> presented) {
    return Comparator.<X509Certificate, Boolean>comparing(presented::contains)
        .thenComparing(c -> Issuing.isSelfSigned(c) || !named(c, presented).isEmpty())
        .thenComparing(X509Certificate::getNotBefore);
  }

  /** What vouches for a member, or for another that vouches, may be presented beside the chain. */
  private static void refuseForeign(List<X509Certificate> members, Set<X509Certificate> presented) {
    Deque<X509Certificate> related = new ArrayDeque<>(members);
    Set<X509Certificate> rest = new LinkedHashSet<>(presented);
    rest.removeAll(members);
    while (!related.isEmpty()) {
      X509Certificate member = related.remove();
      for (X509Certificate candidate : List.copyOf(rest)) {
        if (Issuing.isIssuer(candidate, member)) {
          related.add(candidate);
          rest.remove(candidate);
        }
      }
    }
    if (!rest.isEmpty()) {
      throw refused(
          "%s is not part of the chain of %s"
              .formatted(
                  SubjectNames.shown(rest.iterator().next()), SubjectNames.shown(members.get(0))));
    }
  }

  private static RefusedException refused(String problem) {
    return new RefusedException(RefusedException.Reason.BAD_CERTIFICATE, problem);
  }
}
