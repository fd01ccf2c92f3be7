package org.certcollect.store.domain;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The way in which the people of an account, or of an order, want e-mails.
 *
 * @param email the address; that of an order goes before that of its account
 * @param language two or three small letters, for example {@code de}
 * @param optedOut whether no mail is sent at all
 */
public record MailContact(
    Optional<MailAddress> email, Optional<String> language, boolean optedOut) {
  /** The contact of those who gave none. */
  public static final MailContact NONE = new MailContact(Optional.empty(), Optional.empty(), false);

  public MailContact {
    if (language.isPresent() && !isLanguage(language.get())) {
      throw new IllegalArgumentException(
          "a language must be two or three small letters, for example en or de");
    }
  }

  public static boolean isLanguage(String text) {
    return text.matches("[a-z]{2,3}");
  }

  /** The contact as an event shows it. */
  public Optional<String> text() {
    return Optional.of(
            Stream.of(
                    email.map(MailAddress::value),
                    language,
                    optedOut ? Optional.of("no mail") : Optional.<String>empty())
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", ")))
        .filter(text -> !text.isEmpty());
  }
}
