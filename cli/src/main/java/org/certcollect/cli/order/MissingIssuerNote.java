package org.certcollect.cli.order;

import java.util.Optional;
import org.certcollect.store.x509.ChainEnd;
import org.certcollect.store.x509.VerifiedChain;

/** The note for the operator on a chain that does not reach a root. */
final class MissingIssuerNote {
  private MissingIssuerNote() {}

  static Optional<String> note(VerifiedChain chain) {
    String problem;
    ChainEnd end = ChainEnd.of(chain);
    if (end instanceof ChainEnd.UnknownIssuer issuer) {
      String key = issuer.keyIdentifier().map(id -> " with the key " + id).orElse("");
      problem = ": " + issuer.name() + key + " is not stored. Add it";
    } else if (end instanceof ChainEnd.Loop loop) {
      String names = String.join(" and ", loop.names());
      problem = ", but a loop: " + names + " certify each other. Add the root of one";
    } else {
      return Optional.empty();
    }
    return Optional.of(
        "The chain does not reach a root%s with `certcollect ca add` or --chain, and issue again, if"
                .formatted(problem)
            + " clients are to get it.");
  }
}
