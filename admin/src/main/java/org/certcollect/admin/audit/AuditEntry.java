package org.certcollect.admin.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.store.ChangeRecord;

/** An event to record. It must hold no secret. */
public final class AuditEntry {
  private static final int MAX_TEXT = 512;

  private final LinkedHashMap<String, Object> fields = new LinkedHashMap<>();

  /**
   * Creates an entry.
   *
   * @param event the kind of event, for example {@code collect}
   */
  public AuditEntry(String event) {
    fields.put("event", event);
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
    fields.put(name, value instanceof Number ? value : text(value.toString()));
    return this;
  }

  private static String text(String text) {
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

  Map<String, Object> fields() {
    return fields;
  }
}
