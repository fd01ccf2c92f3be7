package org.certcollect.store.x509;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The reason why a chain does not go on above its last certificate. */
public sealed interface ChainEnd {
  /** The last certificate is self-signed: the chain is complete. */
  record Root() implements ChainEnd {}

  /**
   * The issuer of the last certificate is neither given nor stored.
   *
   * @param name the issuer's name
   * @param keyIdentifier the identifier of the issuer's key in hexadecimal; a CA certificate of the
   *     same name may be stored that has another key
   */
  record UnknownIssuer(String name, Optional<String> keyIdentifier) implements ChainEnd {}

  /**
   * The issuer of the last certificate is on the chain already: CAs certify each other, and none of
   * them has a root.
   *
   * @param names the names of the CAs
   */
  record Loop(List<String> names) implements ChainEnd {
    public Loop {
      names = List.copyOf(names);
    }
  }

  /** Tells how a chain ends. */
  static ChainEnd of(VerifiedChain chain) {
    List<ParsedCertificate> issuers = chain.issuers().stream().map(Certificate::parsed).toList();
    ParsedCertificate last =
        issuers.isEmpty()
            ? ParsedCertificate.of(chain.endEntity().der())
            : issuers.get(issuers.size() - 1);
    if (Issuing.mayHaveIssued(last, last)) {
      return new Root();
    }
    for (int i = 0; i < issuers.size(); i++) {
      if (Issuing.mayHaveIssued(issuers.get(i), last)) {
        return new Loop(
            issuers.subList(i, issuers.size()).stream()
                .map(issuer -> issuer.subject().text())
                .toList());
      }
    }
    return new UnknownIssuer(
        last.issuer().text(), last.authorityKeyIdentifier().map(HexFormat.of()::formatHex));
  }
}
