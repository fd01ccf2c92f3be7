package org.certcollect.store.domain;

/**
 * A password's hash in the PHC string format. Its {@code toString} does not show it.
 *
 * @param phc for example {@code $argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>}
 */
public record PasswordHash(String phc) {
  @Override
  public String toString() {
    return "PasswordHash[masked]";
  }
}
