package org.certcollect.admin.audit;

import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.store.ChangeRecord;

/**
 * An event to record. It must hold no secret, and no two fields of one name. Used by one thread at
 * a time.
 */
public final class AuditEntry {
  private static final int MAX_TEXT = 512;

  /** The initial capacity in bytes. Most entries are smaller. */
  private static final int USUAL_BYTES = 256;

  private final AuditBytes members = new AuditBytes(USUAL_BYTES);

  /**
   * Creates an entry.
   *
   * @param event the kind of event, for example {@code collect}
   */
  public AuditEntry(String event) {
    members.member("event", event);
  }

  /** The entry of a change of the store. */
  public static AuditEntry of(ChangeRecord change) {
    return new AuditEntry(change.action())
        .with("request", change.actor().request())
        .with("actor", change.actor().name())
        .with("login", change.login())
        .with("account", change.account())
        .with("order", change.order())
        .with("from", change.from())
        .with("to", change.to())
        .with("detail", change.detail());
  }

  /** Adds a field. A number stays a number; any other value becomes text, cut at 512 characters. */
  public AuditEntry with(String name, Object value) {
    if (value instanceof Number number) {
      return with(name, number.longValue());
    }
    members.member(name, cut(value.toString()));
    return this;
  }

  /** Adds a field that is a number. */
  public AuditEntry with(String name, long value) {
    members.member(name, value);
    return this;
  }

  static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...";
  }

  /** Adds a field if there is a value. */
  public AuditEntry with(String name, Optional<?> value) {
    value.ifPresent(present -> with(name, present));
    return this;
  }

  /** Adds a field if there is a number. */
  public AuditEntry with(String name, OptionalLong value) {
    value.ifPresent(present -> with(name, present));
    return this;
  }

  /** The fields, with a comma before each. */
  AuditBytes members() {
    return members;
  }
}
