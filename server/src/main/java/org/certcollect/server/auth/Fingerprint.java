package org.certcollect.server.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The HMAC-SHA-256 of a secret, which stands for it in memory. Its key lives as long as this
 * process.
 */
record Fingerprint(long first, long second, long third, long fourth) {

  /** Makes fingerprints. Safe for use by many threads. */
  static final class FingerprintMaker {
    private static final String HMAC = "HmacSHA256";

    private final Mac prototype;

    FingerprintMaker() {
      byte[] key = new byte[32];
      new SecureRandom().nextBytes(key);
      try {
        prototype = Mac.getInstance(HMAC);
        prototype.init(new SecretKeySpec(key, HMAC));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has " + HMAC, e);
      }
    }

    /** The fingerprint of some texts; other texts, or the same in another order, have another. */
    Fingerprint of(String... texts) {
      Mac mac = copy();
      for (String text : texts) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        mac.update(bytes);
      }
      ByteBuffer hash = ByteBuffer.wrap(mac.doFinal());
      return new Fingerprint(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
    }

    private Mac copy() {
      try {
        return (Mac) prototype.clone();
      } catch (CloneNotSupportedException e) {
        throw new IllegalStateException("the JDK's " + HMAC + " can be cloned", e);
      }
    }
  }
}
