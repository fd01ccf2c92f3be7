package org.certcollect.store.jdbc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.store.domain.CodeSeal;
import org.certcollect.store.transfer.EventRecord;

/** The changes of one transaction that may cause e-mails. Used by one thread. */
public final class CausedMails {
  /** The event of a change, with the keys of what was changed. */
  public record Cause(OptionalLong account, OptionalLong order, EventRecord event) {}

  private final List<Cause> causes = new ArrayList<>();
  private final Map<Long, CodeSeal> seals = new HashMap<>();

  public void add(OptionalLong account, OptionalLong order, EventRecord event) {
    causes.add(new Cause(account, order, event));
  }

  /** Keeps the new collection code of an order for its e-mail. */
  public void seal(long order, Optional<CodeSeal> seal) {
    seal.ifPresent(made -> seals.put(order, made));
  }

  public List<Cause> causes() {
    return List.copyOf(causes);
  }

  public Optional<CodeSeal> seal(long order) {
    return Optional.ofNullable(seals.get(order));
  }
}
