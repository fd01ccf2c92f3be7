package org.certcollect.store.x509;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.certcollect.store.domain.RefusedException;

/**
 * Makes a {@link VerifiedChain} of certificates that come in any order: puts them right, checks
 * each signature, and completes them from the CA certificates already known, up to the root if that
 * is known. Of several paths it takes the best, which is valid now if any is (RATIONALE.md, "Which
 * issuer"); expired certificates are handed out, too, so a chain without a valid path is no fault.
 */
public final class ChainBuilder {
  /**
   * As many as a chain may have, and as many to choose from. Each may be checked against each
   * other: of all that fit into a file, for minutes.
   */
  private static final int MAX_PRESENTED = 2 * VerifiedChain.MAX_LENGTH;

  private final KnownIssuers known;
  private final Clock clock;
  private final UnknownAlgorithms unknownAlgorithms;

  /** Refuses signatures of unknown algorithms. */
  public ChainBuilder(KnownIssuers known) {
    this(known, Clock.systemUTC(), UnknownAlgorithms.REFUSE);
  }

  /**
   * Makes chains.
   *
   * @param clock tells which CA certificates are valid now
   */
  public ChainBuilder(KnownIssuers known, Clock clock, UnknownAlgorithms unknownAlgorithms) {
    this.known = known;
    this.clock = clock;
    this.unknownAlgorithms = unknownAlgorithms;
  }

  /**
   * Builds the chain of an end entity.
   *
   * @param certificate the file with the end entity, which may hold issuers, too
   * @param chain further issuers
   * @throws RefusedException when a signature is wrong or cannot be checked, an issuer is no CA,
   *     the end entity is one, a certificate does not belong to the chain, or there are too many
   */
  public VerifiedChain build(List<ParsedCertificate> certificate, List<ParsedCertificate> chain) {
    return build(certificate, chain, warning -> {});
  }

  /**
   * Builds the chain of an end entity, as {@link #build(List, List)} does, and warns when a better
   * chain may exist.
   *
   * @param warnings takes a sentence for the operator when the search was cut short
   */
  public VerifiedChain build(
      List<ParsedCertificate> certificate,
      List<ParsedCertificate> chain,
      Consumer<String> warnings) {
    Set<ParsedCertificate> presented = new LinkedHashSet<>(certificate);
    presented.addAll(chain);
    if (presented.size() > MAX_PRESENTED) {
      throw refused(
          String.format(
              Locale.ROOT,
              "%d certificates were given, but a chain has at most %d: give those of the chain"
                  + " alone",
              presented.size(),
              VerifiedChain.MAX_LENGTH));
    }
    ParsedCertificate endEntity = endEntity(new LinkedHashSet<>(certificate));
    if (Issuing.isSubordinateCa(endEntity)) {
      throw refused(
          endEntity.shown()
              + " is a CA certificate, not an end entity's: give the end entity's as the"
              + " certificate, and this one in its chain");
    }
    PathSearch.Result found =
        new PathSearch(presented, known, clock.instant(), unknownAlgorithms).best(endEntity);
    List<ParsedCertificate> members = found.certificates();
    if (found.isCutShort()) {
      warnings.accept(
          String.format(
              Locale.ROOT,
              "The search for the chain of %s ended after %d steps, because many CAs certify each"
                  + " other: a better chain may exist. Give the issuers of that chain to choose"
                  + " it.",
              endEntity.shown(),
              PathSearch.MAX_STEPS));
    }
    refuseForeign(members, presented);
    return new VerifiedChain(
        endEntity.stored(), members.stream().skip(1).map(ParsedCertificate::stored).toList());
  }

  private static ParsedCertificate endEntity(Set<ParsedCertificate> certificates) {
    return certificates.stream()
        .filter(
            candidate ->
                certificates.stream()
                    .noneMatch(c -> !c.equals(candidate) && Issuing.mayHaveIssued(candidate, c)))
        .findFirst()
        .orElseThrow(() -> refused(loop(certificates)));
  }

  private static String loop(Collection<ParsedCertificate> certificates) {
    String problem = "there is no end entity's certificate";
    return certificates.isEmpty()
        ? problem
        : certificates.stream()
            .map(ParsedCertificate::shown)
            .distinct()
            .collect(Collectors.joining(", ", problem + ", but a loop of CAs: ", ""));
  }

  /**
   * Refuses what was presented and is no part of the chain. An issuer of a member, or of such an
   * issuer, may be presented beside the chain: CAs deliver cross-signed alternatives together.
   */
  private static void refuseForeign(
      List<ParsedCertificate> members, Set<ParsedCertificate> presented) {
    Deque<ParsedCertificate> related = new ArrayDeque<>(members);
    Set<ParsedCertificate> rest = new LinkedHashSet<>(presented);
    members.forEach(rest::remove);
    while (!related.isEmpty()) {
      ParsedCertificate member = related.remove();
      for (ParsedCertificate candidate : List.copyOf(rest)) {
        if (Issuing.mayHaveIssued(candidate, member)) {
          related.add(candidate);
          rest.remove(candidate);
        }
      }
    }
    if (!rest.isEmpty()) {
      throw refused(
          String.format(
              Locale.ROOT,
              "%s is not part of the chain of %s",
              rest.iterator().next().shown(),
              members.get(0).shown()));
    }
  }

  private static RefusedException refused(String problem) {
    return new RefusedException(RefusedException.Reason.BAD_CERTIFICATE, problem);
  }
}
