package org.certcollect.bench.spring;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/** The check of passwords by HMAC. Thread-safe. */
@Component
public class PeerLogins {
  private static final String ALGORITHM = "HmacSHA256";

  private final PeerSettings settings;
  private final SecretKeySpec key;

  PeerLogins(PeerSettings settings) {
    this.settings = settings;
    this.key = new SecretKeySpec(settings.key().getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  boolean isRight(String login, String password) {
    String expected = settings.logins().getOrDefault(login, "");
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] hash = mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
      return MessageDigest.isEqual(HexFormat.of().parseHex(expected), hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
