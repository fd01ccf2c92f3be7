package org.certcollect.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.RefusedException;

/**
 * The messages of one kind that are to be sent, as an operator sees them: those that wait, and
 * those that were given up.
 *
 * @param <M> the form of a message
 */
public interface Messages<M extends Messages.Entry> {
  /** A message as the history of its order names it. */
  interface Entry {
    long id();

    long order();

    /** The kind, and the recipient if it is not always the account. */
    String subject();
  }

  /**
   * The numbers of messages.
   *
   * @param oldest since when the oldest of the waiting ones is due
   */
  record Counts(long waiting, long failed, Optional<Instant> oldest) {}

  /** The messages after an id, sorted by id. */
  List<M> list(boolean onlyFailed, long after, int limit);

  /**
   * Has messages tried now, those that were given up as well, as if for the first time. Messages
   * that must wait because their order is held are left as they are.
   *
   * @param id the message; if empty, all that were given up
   * @return how many
   * @throws RefusedException if there is no message with this id that can be sent
   */
  int retry(OptionalLong id, Actor by);

  /**
   * Removes a message without sending it, and leaves an event. One that is being sent may arrive
   * still.
   *
   * @throws RefusedException if there is no message with this id
   */
  void drop(long id, Optional<String> reason, Actor by);

  Counts counts();
}
