package org.certcollect.store.domain;

/** An encryption of a collection code for the message of the outbox that is to tell it. */
@FunctionalInterface
public interface CodeSeal {
  /**
   * The encrypted code.
   *
   * @param message the id of the message, without which it cannot be decrypted
   */
  byte[] seal(long message);
}
