package org.certcollect.store.transfer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.OldPassword;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.domain.Product;

/**
 * An account with its history.
 *
 * @param oldPassword the password before this one, if it is kept for a time
 * @param contact how its people get e-mails
 * @param events oldest first; absent if the history is not known
 */
public record AccountRecord(
    String login,
    PasswordHash passwordHash,
    Set<Product> products,
    boolean enabled,
    Instant created,
    Optional<OldPassword> oldPassword,
    MailContact contact,
    Optional<List<EventRecord>> events)
    implements TransferRecord {
  /** An account with one password, without a contact. */
  public AccountRecord(
      String login,
      PasswordHash passwordHash,
      Set<Product> products,
      boolean enabled,
      Instant created,
      Optional<List<EventRecord>> events) {
    this(
        login,
        passwordHash,
        products,
        enabled,
        created,
        Optional.empty(),
        MailContact.NONE,
        events);
  }

  public AccountRecord {
    products = Set.copyOf(products);
    events = events.map(List::copyOf);
  }

  /** The names of the components that differ; an unknown history never differs. */
  public List<String> differences(AccountRecord stored) {
    List<String> names = new ArrayList<>();
    Differences.add(names, "login", login, stored.login);
    Differences.add(names, "password", passwordHash, stored.passwordHash);
    Differences.add(names, "products", products, stored.products);
    Differences.add(names, "enabled", enabled, stored.enabled);
    Differences.add(names, "created", created, stored.created);
    Differences.add(names, "oldPassword", oldPassword, stored.oldPassword);
    Differences.add(names, "contact", contact, stored.contact);
    Differences.addKnown(names, "events", events, stored.events);
    return List.copyOf(names);
  }
}
