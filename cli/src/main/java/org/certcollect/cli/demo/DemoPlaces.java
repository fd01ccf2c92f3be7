package org.certcollect.cli.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.certcollect.cli.demo.mailbox.MailboxRoutes;
import org.certcollect.cli.serve.Addresses;

/**
 * The places of a running demo.
 *
 * @param server the addresses of its server
 * @param managementPort the port of the mailbox; empty if there is none
 * @param folder the folder of its store and its configuration
 * @param program the name that the program was started by
 */
record DemoPlaces(Addresses server, OptionalInt managementPort, Path folder, String program) {
  /** The lines that tell people where to look. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Page for people: "
            + server.https()
            + "/collect#code="
            + DemoOrder.ISSUED_CCC.code().orElseThrow());
    managementPort.ifPresent(port -> lines.add("E-mails it sends: " + MailboxRoutes.url(port)));
    return lines;
  }

  /** The command that sends one more mail. */
  String change() {
    return program + " --data " + folder + " order revoke 1004 --yes";
  }
}
