package org.certcollect.store.domain;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A password's hash in the PHC string format. Its {@code toString} does not show it.
 *
 * @param phc for example {@code $argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>}
 */
public record PasswordHash(String phc) {
  /** A text that tells this hash from others, and nothing of the password. */
  public String digest() {
    byte[] text = phc.getBytes(StandardCharsets.UTF_8);
    return "sha256 " + HexFormat.of().formatHex(Digests.sha256(text));
  }

  @Override
  public String toString() {
    return "PasswordHash[masked]";
  }
}
