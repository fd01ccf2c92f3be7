package org.certcollect.cli.verb;

import org.certcollect.store.x509.UnknownAlgorithms;
import picocli.CommandLine.Option;

public final class UnverifiedOption {
  @Option(
      names = "--unverified",
      description = "Accept certificates whose signature algorithm certcollect does not know.")
  private boolean unverified;

  public UnknownAlgorithms algorithms() {
    return unverified ? UnknownAlgorithms.ACCEPT : UnknownAlgorithms.REFUSE;
  }
}
