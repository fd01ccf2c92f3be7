package org.certcollect.store.x509;

/** The outcome of checking a signature with a key. */
sealed interface SignatureCheck {
  /** The signature was made with the key. */
  record Valid() implements SignatureCheck {}

  /** The signature was not made with the key. */
  record Wrong() implements SignatureCheck {}

  /**
   * Nothing is known about the signature.
   *
   * @param reason for example {@code unknown algorithm 1.2.3}
   */
  record Unknown(String reason) implements SignatureCheck {}

  SignatureCheck VALID = new Valid();
  SignatureCheck WRONG = new Wrong();
}
