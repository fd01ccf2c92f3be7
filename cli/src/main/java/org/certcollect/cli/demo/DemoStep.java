package org.certcollect.cli.demo;

import java.util.List;
import org.certcollect.cli.output.Fields;
import org.certcollect.protocol.StatusCode;

/**
 * A request that the demo suggests.
 *
 * @param title the point of the request
 * @param answer the first line that comes back
 * @param command a line for a POSIX shell
 */
record DemoStep(String title, StatusCode answer, String command) {
  /** The two lines for a shell: a comment that ends with the answer, and the command. */
  List<String> commentAndCommand() {
    return List.of("# " + title + " -> " + answer.code(), command);
  }

  Fields fields() {
    return new Fields().add("title", title).add("answer", answer.code()).add("command", command);
  }
}
