package org.certcollect.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.PushSettings;
import org.certcollect.store.domain.PushStatus;

/**
 * The push notifications: who gets them, and those that are to be sent. {@link Store#mailing}
 * writes them in the transaction that causes them. Any number of nodes may send: one at a time
 * claims a receiver, so each receiver gets one notification after another, those about an order in
 * the order of their ids.
 */
public interface Pushes extends Messages<Pushes.Notification> {
  /**
   * A receiver that was claimed.
   *
   * @param failures how often it failed since it last took a notification
   * @param claim the number of the claim
   * @param version the version of the settings
   * @param until the end of the claim, when another sender may get the receiver
   */
  record Receiver(
      long account, PushSettings settings, int failures, long claim, long version, Instant until) {}

  /**
   * A notification.
   *
   * @param account the login of the account that is told
   * @param certificate the certificate that it is about, if there is one
   * @param detail the reason of a rejection or revocation
   * @param due since when it is to be sent; empty while its order is held
   * @param next when it is tried next; empty if it is not due or has failed
   * @param attempts how often it was tried in vain
   * @param failed when it was given up
   */
  record Notification(
      long id,
      PushStatus status,
      Instant created,
      String account,
      long order,
      Optional<IssuedReference> certificate,
      Optional<String> detail,
      Optional<Instant> due,
      Optional<Instant> next,
      int attempts,
      Optional<Instant> failed,
      Optional<String> error)
      implements Entry {
    @Override
    public String subject() {
      return status.name().toLowerCase(Locale.ROOT);
    }
  }

  /** The settings of an account, given its id. */
  Optional<PushSettings> find(long account);

  /**
   * Sets where an account, given its id, is told of changes from now on. What waits goes there too.
   *
   * @param settings if empty, the account is told nothing, and what waits is deleted
   */
  void set(long account, Optional<PushSettings> settings, Actor by);

  /**
   * Claims a receiver that something is due for, the one that has rested longest. No other caller
   * gets it until it is released, or the lease ends.
   *
   * @param by the sender, for those who look into the table
   * @param failedToo whether it may be one that failed last
   */
  Optional<Receiver> claim(String by, Duration lease, boolean failedToo);

  /** Ends a claim. The receiver rests until then. */
  void release(Receiver receiver, Instant free, int failures);

  /**
   * The notification that is due next; empty as well if the claim was lost or the settings have
   * changed.
   */
  Optional<Notification> next(Receiver receiver);

  /** Whether a later notification about the same order waits. */
  boolean isFollowed(Notification notification);

  /** Removes a notification that was taken, and leaves an event. */
  void sent(Notification notification, Actor by);

  /**
   * Puts a notification back that was not taken.
   *
   * @param next when to try again; if empty, it is given up, and there is an event
   */
  void failed(Notification notification, Optional<Instant> next, String error, Actor by);
}
