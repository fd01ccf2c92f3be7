package org.certcollect.cli.demo.mailbox;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The mails that were taken last, in memory. Both their number and their bytes are bounded: the
 * oldest are dropped. Safe for use by many threads.
 */
public final class Mailbox {
  /** The maximum size of a mail in bytes. */
  static final int MAX_MAIL_BYTES = 1 << 20;

  static final int MAX_MAILS = 200;
  static final long MAX_BYTES = 16L << 20;

  private final Clock clock;

  /** Guarded by this object, like the two that follow. */
  private final Deque<ReceivedMail> mails = new ArrayDeque<>();

  private long bytes;
  private long taken;

  public Mailbox(Clock clock) {
    this.clock = clock;
  }

  /** Keeps a mail as it was received. */
  void add(List<String> recipients, byte[] source) {
    MailContent content = MailContent.of(source);
    synchronized (this) {
      mails.add(new ReceivedMail(++taken, clock.instant(), recipients, source, content));
      bytes += source.length;
      while (mails.size() > MAX_MAILS || bytes > MAX_BYTES) {
        bytes -= mails.remove().source().length;
      }
    }
  }

  /** The mails that are kept, newest first. */
  synchronized List<ReceivedMail> newestFirst() {
    List<ReceivedMail> all = new ArrayList<>(mails);
    Collections.reverse(all);
    return all;
  }

  /** The mail with a number, if it is kept. */
  synchronized Optional<ReceivedMail> find(String number) {
    return mails.stream().filter(mail -> number.equals(Long.toString(mail.number()))).findFirst();
  }
}
