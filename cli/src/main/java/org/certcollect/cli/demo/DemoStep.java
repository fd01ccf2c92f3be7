package org.certcollect.cli.demo;

import java.util.List;
import java.util.Locale;
import org.certcollect.cli.output.Fields;
import org.certcollect.protocol.StatusCode;

/**
 * A request that the demo proposes.
 *
 * @param title what it shows
 * @param answer the first line that comes back
 * @param command a line for a POSIX shell
 */
record DemoStep(String title, StatusCode answer, String command) {
  /** As lines that can be pasted into a shell as they are. */
  List<String> lines() {
    return List.of("", String.format(Locale.ROOT, "# %s -> %d", title, answer.code()), command);
  }

  Fields fields() {
    return new Fields().add("title", title).add("answer", answer.code()).add("command", command);
  }
}
