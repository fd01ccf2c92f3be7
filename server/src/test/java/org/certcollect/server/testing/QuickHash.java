package org.certcollect.server.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.certcollect.store.domain.PasswordHash;

/** A password hash that takes next to no time to make and to check. */
public final class QuickHash {
  private QuickHash() {}

  public static PasswordHash of(String password) {
    byte[] salt = new byte[16];
    byte[] hash = new byte[32];
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(8)
            .withIterations(1)
            .withParallelism(1)
            .withSalt(salt)
            .build());
    generator.generateBytes(password.getBytes(UTF_8), hash);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return new PasswordHash(
        "$argon2id$v=19$m=8,t=1,p=1$%s$%s"
            .formatted(base64.encodeToString(salt), base64.encodeToString(hash)));
  }
}
