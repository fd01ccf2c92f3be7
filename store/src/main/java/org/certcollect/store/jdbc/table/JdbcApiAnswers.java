package org.certcollect.store.jdbc.table;

import java.time.Instant;
import java.util.Optional;
import org.certcollect.store.ApiAnswers;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Session;

/** The kept answers of the admin API in their table. Safe for use by many threads. */
record JdbcApiAnswers(Database database) implements ApiAnswers {
  // If another transaction inserts the same key, PostgreSQL waits here for its end.
  private static final String INSERT =
      Session.insert("api_answer", "idempotency_key, at") + " ON CONFLICT DO NOTHING";
  private static final String FIND =
      "SELECT request, content FROM api_answer WHERE idempotency_key = ?";
  private static final String FINISH =
      "UPDATE api_answer SET request = ?, content = ? WHERE idempotency_key = ?";
  private static final String PRUNE = "DELETE FROM api_answer WHERE at < ?";

  @Override
  public Optional<Kept> begin(String key, Instant now) {
    return database.change(
        session ->
            session.update(INSERT, key, now) == 1
                ? Optional.empty()
                : session.first(
                    FIND, row -> new Kept(row.text("request"), row.bytes("content")), key));
  }

  @Override
  public void finish(String key, Kept answer) {
    database.change(session -> session.update(FINISH, answer.request(), answer.content(), key));
  }

  @Override
  public void prune(Instant before) {
    database.change(session -> session.update(PRUNE, before));
  }
}
