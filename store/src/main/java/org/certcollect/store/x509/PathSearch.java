package org.certcollect.store.x509;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.certcollect.store.domain.RefusedException;

/**
 * Searches the paths from an end entity's certificate to its root on which no CA stands twice, as
 * far as {@link #MAX_STEPS} allows, and chooses the best one by {@link IssuerPath#PREFERENCE}. A
 * path on which a signature is wrong does not count while another one verifies. Used for one search
 * by one thread.
 */
final class PathSearch {
  /**
   * The number of possible issuers that one search looks at. CAs that certify each other make a
   * number of paths that grows with the factorial of theirs: four or five such CAs and their root
   * stay below this number, and the ten paths of the largest CAs take some dozens of steps. A
   * search that is cut short has looked at the likely issuers first, but may have missed the best
   * path: {@link Result#isCutShort} says so.
   */
  static final int MAX_STEPS = 1_000;

  private final Set<ParsedCertificate> presented;
  private final KnownIssuers known;
  private final Instant now;
  private final UnknownAlgorithms unknownAlgorithms;
  private final Map<DistinguishedName, List<ParsedCertificate>> named = new HashMap<>();
  private final Map<Pair, SignatureCheck> checks = new HashMap<>();
  private final Set<ParsedCertificate> members = new LinkedHashSet<>();
  private int steps;

  PathSearch(
      Set<ParsedCertificate> presented,
      KnownIssuers known,
      Instant now,
      UnknownAlgorithms unknownAlgorithms) {
    this.presented = presented;
    this.known = known;
    this.now = now;
    this.unknownAlgorithms = unknownAlgorithms;
  }

  private record Pair(ParsedCertificate issuer, ParsedCertificate certificate) {}

  /**
   * The outcome of a search.
   *
   * @param certificates the best path, from the end entity's certificate up
   * @param isCutShort whether the search ended after {@link #MAX_STEPS}, so that a better path may
   *     exist
   */
  record Result(List<ParsedCertificate> certificates, boolean isCutShort) {
    Result {
      certificates = List.copyOf(certificates);
    }
  }

  /** Either a path, or the reason why there is none. */
  private record Found(Optional<IssuerPath> path, String problem) {
    static Found path(IssuerPath path) {
      return new Found(Optional.of(path), "");
    }

    static Found none(String problem) {
      return new Found(Optional.empty(), problem);
    }
  }

  /** The reasons why certificates of the issuer's name are not the issuer. */
  private static final class Problems {
    private final List<String> above = new ArrayList<>();
    private final List<String> own = new ArrayList<>();

    Optional<String> worst() {
      return above.stream().findFirst().or(() -> own.stream().findFirst());
    }
  }

  /**
   * The best path from an end entity's certificate.
   *
   * @throws RefusedException when issuers are known by name, and no path verifies
   */
  Result best(ParsedCertificate endEntity) {
    Found found = climb(endEntity);
    IssuerPath path =
        found
            .path()
            .orElseThrow(
                () ->
                    new RefusedException(RefusedException.Reason.BAD_CERTIFICATE, found.problem()));
    return new Result(path.certificates(), steps > MAX_STEPS);
  }

  private Found climb(ParsedCertificate certificate) {
    if (isSelfSigned(certificate)) {
      return Found.path(end(certificate, true));
    }
    members.add(certificate);
    try {
      return climbOn(certificate);
    } finally {
      members.remove(certificate);
    }
  }

  private Found climbOn(ParsedCertificate certificate) {
    Problems problems = new Problems();
    List<IssuerPath> paths = new ArrayList<>();
    List<ParsedCertificate> uncheckable = new ArrayList<>();
    for (ParsedCertificate candidate : candidates(certificate)) {
      if (isCaOnPath(candidate)) {
        continue;
      }
      if (++steps > MAX_STEPS) {
        problems.own.add(
            String.format(
                Locale.ROOT,
                "too many CA certificates come into question as issuers of %s: the search ended"
                    + " after %d steps",
                certificate.shown(),
                MAX_STEPS));
        break;
      }
      SignatureCheck check = check(candidate, certificate);
      if (check.equals(SignatureCheck.VALID)) {
        climbTo(candidate, paths, problems);
      } else if (!Issuing.isOtherKeyIdentifier(candidate, certificate)) {
        if (check instanceof SignatureCheck.Unknown unknown) {
          uncheckable.add(candidate);
          problems.own.add(
              String.format(
                  Locale.ROOT,
                  "the signature of %s cannot be checked: %s",
                  certificate.shown(),
                  unknown.reason()));
        } else {
          problems.own.add(
              String.format(
                  Locale.ROOT,
                  "%s was not signed by %s, which it names as its issuer",
                  certificate.shown(),
                  candidate.shown()));
        }
      }
    }
    if (paths.isEmpty() && unknownAlgorithms == UnknownAlgorithms.ACCEPT) {
      uncheckable.forEach(candidate -> climbTo(candidate, paths, problems));
    }
    return paths.stream()
        .max(IssuerPath.PREFERENCE)
        .map(path -> Found.path(path.below(certificate, isPresented(certificate), now)))
        .or(() -> problems.worst().map(Found::none))
        .orElseGet(() -> openEnd(certificate));
  }

  private void climbTo(ParsedCertificate issuer, List<IssuerPath> paths, Problems problems) {
    if (!Issuing.isCa(issuer)) {
      problems.own.add(0, issuer.shown() + " is not a CA certificate");
    } else if (members.size() == VerifiedChain.MAX_LENGTH) {
      problems.above.add(
          String.format(
              Locale.ROOT,
              "the chain of %s has more than %d certificates",
              members.iterator().next().shown(),
              VerifiedChain.MAX_LENGTH));
    } else {
      Found found = climb(issuer);
      found.path().ifPresentOrElse(paths::add, () -> problems.above.add(found.problem()));
    }
  }

  /**
   * Whether the candidate's CA, which is its name and key, has a certificate on the path already. A
   * CA may have many certificates: with another one of its own, the path would be a loop, too.
   */
  private boolean isCaOnPath(ParsedCertificate candidate) {
    return members.stream()
        .anyMatch(
            member ->
                member.equals(candidate)
                    || (member.subject().equals(candidate.subject())
                        && member.key().isSameAs(candidate.key())));
  }

  /** The end of a path whose next issuer is not known, or whose CA is on the path already. */
  private Found openEnd(ParsedCertificate certificate) {
    if (Issuing.isNamed(certificate, certificate)
        && !Issuing.isOtherKeyIdentifier(certificate, certificate)) {
      return Found.none(
          check(certificate, certificate) instanceof SignatureCheck.Unknown unknown
              ? String.format(
                  Locale.ROOT,
                  "the signature of %s cannot be checked: %s",
                  certificate.shown(),
                  unknown.reason())
              : certificate.shown() + " names itself as its issuer, but did not sign it");
    }
    return Found.path(end(certificate, false));
  }

  private IssuerPath end(ParsedCertificate certificate, boolean isSelfSigned) {
    return IssuerPath.end(certificate, isPresented(certificate), isSelfSigned, now);
  }

  private boolean isPresented(ParsedCertificate certificate) {
    return presented.contains(certificate);
  }

  private boolean isSelfSigned(ParsedCertificate certificate) {
    if (!Issuing.isNamed(certificate, certificate)) {
      return false;
    }
    SignatureCheck check = check(certificate, certificate);
    return check.equals(SignatureCheck.VALID)
        || (check instanceof SignatureCheck.Unknown
            && unknownAlgorithms == UnknownAlgorithms.ACCEPT
            && !Issuing.isOtherKeyIdentifier(certificate, certificate));
  }

  private SignatureCheck check(ParsedCertificate issuer, ParsedCertificate certificate) {
    return checks.computeIfAbsent(
        new Pair(issuer, certificate), pair -> Issuing.check(issuer, certificate));
  }

  /** The certificates that bear the issuer's name, the likeliest first. */
  private List<ParsedCertificate> candidates(ParsedCertificate certificate) {
    List<ParsedCertificate> sorted =
        new ArrayList<>(named.computeIfAbsent(certificate.issuer(), this::named));
    sorted.sort(
        Comparator.<ParsedCertificate, Boolean>comparing(
                candidate -> Issuing.isSameKeyIdentifier(candidate, certificate))
            .thenComparing(candidate -> !Issuing.isOtherKeyIdentifier(candidate, certificate))
            .thenComparing(candidate -> candidate.isValidAt(now))
            .thenComparing(this::isPresented)
            .thenComparing(ParsedCertificate::notAfter)
            .reversed());
    return sorted;
  }

  private List<ParsedCertificate> named(DistinguishedName name) {
    Set<ParsedCertificate> found = new LinkedHashSet<>();
    presented.stream()
        .filter(certificate -> certificate.subject().equals(name))
        .forEach(found::add);
    known.withSubject(name).stream().map(Certificate::parsed).forEach(found::add);
    return List.copyOf(found);
  }
}
