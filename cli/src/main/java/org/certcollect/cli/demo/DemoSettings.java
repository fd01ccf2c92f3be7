package org.certcollect.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import org.certcollect.admin.DataFolder;
import org.certcollect.cli.demo.mailbox.SmtpSink;

/**
 * The configuration file in the demo's folder, which verbs find that work on its store: their
 * changes then cause the same e-mails as those of the demo itself. Push notifications may go to
 * this machine.
 */
final class DemoSettings {
  private DemoSettings() {}

  /**
   * Writes the file.
   *
   * @param https the address of the server that has the page for people
   */
  static void write(DataFolder folder, SmtpSink sink, String https) {
    folder.create();
    try {
      Files.write(
          folder.file(DataFolder.CONFIGURATION),
          List.of(
              "mail.host = " + sink.host(),
              "mail.port = " + sink.port(),
              "mail.from = certificates@example.com",
              "mail.from-name = certcollect demo",
              "mail.kinds = placed, issued, ready, expiring, revoked",
              "mail.collect-url = " + https + "/collect",
              "push.networks = 127.0.0.0/8, ::1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
