package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.jdbc.Session;

/**
 * The log of events, each written in the same transaction as its change.
 *
 * @param by the actor that makes the change
 * @param at the time of the change, which the changed row has, too
 */
record EventLog(Session session, Actor by, Instant at) {
  private static final String INSERT =
      """
      INSERT INTO event (at, actor, account_id, order_number, action, from_state, to_state, detail)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """;

  /** The action of an event, with what it changed. */
  record Entry(String action, Optional<String> from, Optional<String> to, Optional<String> detail) {
    static Entry of(String action) {
      return new Entry(action, Optional.empty(), Optional.empty(), Optional.empty());
    }

    Entry from(String state) {
      return new Entry(action, Optional.of(state), to, detail);
    }

    Entry to(String state) {
      return new Entry(action, from, Optional.of(state), detail);
    }

    Entry detail(Optional<String> text) {
      return new Entry(action, from, to, text);
    }
  }

  void ofOrder(long account, long order, Entry entry) throws SQLException {
    write(OptionalLong.of(account), OptionalLong.of(order), entry);
  }

  void ofAccount(long account, Entry entry) throws SQLException {
    write(OptionalLong.of(account), OptionalLong.empty(), entry);
  }

  void ofStore(Entry entry) throws SQLException {
    write(OptionalLong.empty(), OptionalLong.empty(), entry);
  }

  private void write(OptionalLong account, OptionalLong order, Entry entry) throws SQLException {
    session.update(
        INSERT, at, by.name(), account, order, entry.action, entry.from, entry.to, entry.detail);
  }
}
