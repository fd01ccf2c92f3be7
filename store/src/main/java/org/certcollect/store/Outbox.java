package org.certcollect.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.MailKind;
import org.certcollect.store.x509.VerifiedChain;

/**
 * The messages that are to be sent. {@link Store#mailing} writes them in the transaction that
 * causes them. Any number of nodes and threads may send: each claims one message at a time, and
 * those for one recipient are claimed one after another, in the order of their ids.
 */
public interface Outbox extends Messages<Outbox.Message> {
  /**
   * A message.
   *
   * @param certificate the certificate that it is about, if there was one
   * @param detail more for the text: the days that are left, or the reason of a revocation
   * @param sealedCode the collection code, encrypted
   * @param due since when it is to be sent; empty if its order has no certificate yet, or is held
   * @param next when it is tried next; empty if it is not due or has failed
   * @param attempts how often it was claimed
   * @param failed when it was given up
   */
  record Message(
      long id,
      MailKind kind,
      Instant created,
      long order,
      Optional<IssuedReference> certificate,
      String recipient,
      Optional<String> language,
      Optional<String> detail,
      Optional<byte[]> sealedCode,
      Optional<Instant> due,
      Optional<Instant> next,
      int attempts,
      Optional<Instant> failed,
      Optional<String> error)
      implements Entry {
    @Override
    public String subject() {
      return kind.name().toLowerCase(Locale.ROOT) + " to " + recipient;
    }
  }

  /**
   * Claims the next message that is due. No other caller gets it, nor a later one for the same
   * recipient, until the lease ends. {@link Message#next} is its end.
   *
   * @param by the sender, for those who look into the table
   * @param recipient the only recipient to look for, which takes no time; empty for the recipient
   *     who has waited longest
   */
  Optional<Message> claim(String by, Duration lease, Optional<String> recipient);

  /** Has the lease of a claim begin anew, unless it has ended. */
  void renew(Message message, Duration lease);

  /** Removes a message that was sent, and leaves an event. */
  void sent(Message message, Actor by);

  /**
   * Puts a message back that could not be sent, unless another has claimed it meanwhile.
   *
   * @param next when to try again; if empty, it is given up, and there is an event. Its code stays,
   *     as the fault may be one of settings.
   */
  void failed(Message message, Optional<Instant> next, String error, Actor by);

  /**
   * Puts a message back whose order is held, until the hold ends. Later ones do not wait for it.
   */
  void held(Message message);

  /**
   * Has messages tried that wait for a certificate that may be handed out now, as the change of
   * their order was made by a process that sends no messages. At most some hundreds.
   *
   * @return how many
   */
  int wake();

  /** Removes messages that were given up before a time, some hundreds. Returns how many. */
  int forget(Instant before);

  /**
   * Writes messages about certificates that expire within a time, each once: those whose expiry
   * came into that time since the last call. The first call writes none.
   *
   * @param days the time
   * @param below certificates that expire within this time are left to another call
   * @return whether there are more than one call may write
   */
  boolean tellExpiring(int days, int below, Set<MailKind> kinds);

  /** A certificate that a message is about. */
  VerifiedChain chain(IssuedReference certificate);
}
