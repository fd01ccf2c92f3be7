package org.certcollect.cli.demo.mailbox;

import java.time.Instant;
import java.util.List;

/**
 * A mail that was received.
 *
 * @param number its number, which no other mail of the mailbox has
 * @param recipients the addresses that it was sent to
 * @param source its bytes, which must not be changed
 * @param content what was read in them
 */
@SuppressWarnings("ArrayRecordComponent")
record ReceivedMail(
    long number, Instant received, List<String> recipients, byte[] source, MailContent content) {
  ReceivedMail {
    recipients = List.copyOf(recipients);
  }
}
