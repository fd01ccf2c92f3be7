package org.certcollect.admin;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.certcollect.store.domain.MailAddress;
import org.certcollect.store.domain.MailContact;

/**
 * A change of how the people of an account or of an order get e-mails. What is absent stays; an
 * empty text removes what was there.
 *
 * @param optedOut whether no mail is sent at all
 */
public record ContactChange(
    Optional<String> email, Optional<String> language, Optional<Boolean> optedOut)
    implements UnaryOperator<MailContact> {
  /** Whether nothing is to change. */
  public boolean isEmpty() {
    return email.isEmpty() && language.isEmpty() && optedOut.isEmpty();
  }

  /**
   * The contact after the change.
   *
   * @throws InvalidInputException if the address or the language is none
   */
  @Override
  public MailContact apply(MailContact before) {
    try {
      return new MailContact(
          email.isEmpty()
              ? before.email()
              : email.filter(text -> !text.isEmpty()).map(MailAddress::new),
          language.or(before::language).filter(text -> !text.isEmpty()),
          optedOut.orElse(before.optedOut()));
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          InvalidInputException.Kind.CONTACT, String.valueOf(e.getMessage()));
    }
  }
}
