package org.certcollect.cli.order;

import java.util.Locale;
import java.util.Optional;
import org.certcollect.store.x509.ChainEnd;
import org.certcollect.store.x509.VerifiedChain;

/** The note for the operator on a chain that does not reach a root. */
final class MissingIssuerNote {
  private MissingIssuerNote() {}

  /** The note; empty if the chain reaches a root. */
  static Optional<String> note(VerifiedChain chain) {
    ChainEnd end = ChainEnd.of(chain);
    if (end instanceof ChainEnd.UnknownIssuer issuer) {
      return Optional.of(
          String.format(
                  Locale.ROOT,
                  "The chain does not reach a root: %s%s is not stored. Add it with `certcollect ca"
                      + " add`",
                  issuer.name(),
                  issuer.keyIdentifier().map(id -> " with the key " + id).orElse(""))
              + " or --chain, and issue again, if clients are to get it.");
    }
    if (end instanceof ChainEnd.Loop loop) {
      return Optional.of(
          String.format(
                  Locale.ROOT,
                  "The chain does not reach a root, but a loop: %s certify each other. Add the root"
                      + " of one",
                  String.join(" and ", loop.names()))
              + " with `certcollect ca add` or --chain, and issue again, if clients are to get"
              + " it.");
    }
    return Optional.empty();
  }
}
