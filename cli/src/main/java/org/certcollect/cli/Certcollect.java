package org.certcollect.cli;

import org.certcollect.cli.verb.GlobalOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The root command. */
@Command(
    name = "certcollect",
    description = "Serve issued certificates over the Collect protocol, specification 1.06.",
    footer = {
      "",
      "Exit codes: 0 done; 1 refused; 2 wrong usage or configuration; 3 the store cannot be"
          + " reached; 70 an internal error; 141 the reader of a pipe ended.",
      "Try `${ROOT-COMMAND-NAME} demo`."
    })
final class Certcollect {
  @Mixin final GlobalOptions options = new GlobalOptions();
}
