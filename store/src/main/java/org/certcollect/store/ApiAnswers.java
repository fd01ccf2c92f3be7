package org.certcollect.store;

import java.time.Instant;
import java.util.Optional;

/**
 * The answers to requests of the admin API that carried an idempotency key. They are of use only in
 * {@link Store#atomically}, in one transaction with the changes that a request makes: two nodes
 * that get the same request at the same time do it once, and a crash leaves both or neither.
 */
public interface ApiAnswers {
  /**
   * An answer.
   *
   * @param request the digest of the request that it answers
   * @param content the sealed answer
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Kept(String request, byte[] content) {}

  /**
   * Takes a key for the rest of the transaction, after any other transaction with this key.
   *
   * @return the answer that was given under this key before; empty if the request is to be done
   */
  Optional<Kept> begin(String key, Instant now);

  /** Keeps the answer under a key that was taken in this transaction. */
  void finish(String key, Kept answer);

  /** Deletes the answers that were given before an instant. */
  void prune(Instant before);
}
