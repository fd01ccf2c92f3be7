package org.certcollect.store.domain;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The way in which an account is told of changes.
 *
 * @param user the name of HTTP basic authentication; empty for none
 * @param sealedPassword the password, encrypted; empty for none, and after an import
 * @param withCertificate whether a new certificate goes along
 */
public record PushSettings(
    PushUrl url, Optional<String> user, Optional<byte[]> sealedPassword, boolean withCertificate) {
  /** The maximum length of the user, and of the password, in characters. */
  public static final int MAX_CREDENTIAL = 255;

  public PushSettings {
    if (user.filter(name -> !isUser(name)).isPresent()) {
      throw new IllegalArgumentException(
          "the user must have 1 to "
              + MAX_CREDENTIAL
              + " characters, with no colon and no control character");
    }
  }

  private static boolean isUser(String name) {
    return name.length() <= MAX_CREDENTIAL && name.matches("[^:\\p{C}]+");
  }

  /** These settings for another store, which cannot read the password. */
  public PushSettings withoutPassword() {
    return new PushSettings(url, user, Optional.empty(), withCertificate);
  }

  /** The settings as an event shows them: without the path, the user and the password. */
  public String text() {
    return Stream.of(
            url.origin(),
            user.isPresent() ? "with login" : "without login",
            withCertificate ? "with certificate" : "status only")
        .collect(Collectors.joining(", "));
  }
}
