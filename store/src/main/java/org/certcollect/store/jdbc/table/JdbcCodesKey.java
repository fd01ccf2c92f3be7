package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.store.CodesKey;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.EventRow;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.transfer.EventRecord;

/** The key of a store's codes. Safe for use by many threads. */
record JdbcCodesKey(Database database, Clock clock) implements CodesKey {
  private static final String SELECT = "SELECT mark FROM codes_key";
  private static final String ADOPT =
      "INSERT INTO codes_key (id, mark) VALUES (1, ?) ON CONFLICT (id) DO NOTHING";
  private static final String REPLACE =
      "INSERT INTO codes_key (id, mark) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET mark ="
          + " excluded.mark";

  @Override
  public Optional<CodeHash> keyCheckValue() {
    return database.read(JdbcCodesKey::find);
  }

  @Override
  public CodeHash adopt(CodeHash keyCheckValue, Actor by) {
    // Nearly always it is there, and a read waits for nobody.
    return keyCheckValue()
        .orElseGet(() -> database.change(session -> write(session, ADOPT, keyCheckValue, by)));
  }

  @Override
  public void replace(CodeHash keyCheckValue, Actor by) {
    CodeHash unused = database.change(session -> write(session, REPLACE, keyCheckValue, by));
  }

  private CodeHash write(Session session, String sql, CodeHash keyCheckValue, Actor by)
      throws SQLException {
    if (session.update(sql, keyCheckValue.bytes()) > 0) {
      EventRecord event = EventRecord.of(clock.instant(), by, "codes.key");
      EventRow.insert(session, OptionalLong.empty(), OptionalLong.empty(), event);
    }
    return find(session).orElseThrow();
  }

  private static Optional<CodeHash> find(Session session) throws SQLException {
    return session.first(SELECT, row -> new CodeHash(row.bytes()));
  }
}
