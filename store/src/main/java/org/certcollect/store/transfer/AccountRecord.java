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
import org.certcollect.store.domain.PushSettings;

/**
 * An account with its history.
 *
 * @param oldPassword the password before this one, if it is kept for a time
 * @param contact how its people get e-mails
 * @param push where it is told of changes, without the password, which no other store can read;
 *     absent if it is told nothing, or that is not known
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
    Optional<PushSettings> push,
    Optional<List<EventRecord>> events)
    implements TransferRecord {
  /** An account with one password, without a contact or a push URL. */
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
        Optional.empty(),
        events);
  }

  public AccountRecord {
    products = Set.copyOf(products);
    push = push.map(PushSettings::withoutPassword);
    events = events.map(List::copyOf);
  }

  /** The names of the components that differ; an unknown history or push URL never differs. */
  public List<String> differences(AccountRecord stored) {
    List<String> names = new ArrayList<>();
    Differences.add(names, "login", login, stored.login);
    Differences.add(names, "password", passwordHash, stored.passwordHash);
    Differences.add(names, "products", products, stored.products);
    Differences.add(names, "enabled", enabled, stored.enabled);
    Differences.add(names, "created", created, stored.created);
    Differences.add(names, "oldPassword", oldPassword, stored.oldPassword);
    Differences.add(names, "contact", contact, stored.contact);
    Differences.addKnown(names, "push", push, stored.push);
    Differences.addKnown(names, "events", events, stored.events);
    return List.copyOf(names);
  }
}
