package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.certcollect.store.ApiCredential;
import org.certcollect.store.ApiCredential.Kind;
import org.certcollect.store.ApiCredential.Scope;
import org.certcollect.store.ApiCredentials;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.EventRow;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.transfer.EventRecord;

/** The credentials of the admin API in their table. Safe for use by many threads. */
record JdbcApiCredentials(Database database, Clock clock) implements ApiCredentials {
  private static final String COLUMNS = "name, kind, sha256, scopes, created_at, expires_at";
  private static final String INSERT =
      Session.insert("api_credential", COLUMNS) + " ON CONFLICT DO NOTHING";
  // The row stays: its name is in events, and must not pass to another credential.
  private static final String REMOVE =
      "UPDATE api_credential SET sha256 = NULL WHERE name = ? AND sha256 IS NOT NULL";
  private static final String SELECT = "SELECT " + COLUMNS + ", last_used FROM api_credential ";
  private static final String LIST = SELECT + "WHERE sha256 IS NOT NULL ORDER BY name";
  private static final String FIND = SELECT + "WHERE sha256 = ?";
  private static final String ANY =
      "SELECT created_at FROM api_credential WHERE sha256 IS NOT NULL LIMIT 1";
  private static final String USED =
      "UPDATE api_credential SET last_used = ? WHERE name = ? AND (last_used IS NULL OR last_used <"
          + " ?)";

  @Override
  public void add(ApiCredential credential, Actor by) {
    String name = credential.name();
    if (!ApiCredential.isName(name)) {
      throw Refusals.badCredentialName(name);
    }
    String scopes = text(credential.scopes());
    change(
        INSERT,
        new Object[] {
          name,
          credential.kind(),
          credential.sha256(),
          scopes,
          credential.created(),
          credential.expires()
        },
        () -> Refusals.credentialExists(name),
        EventRecord.of(clock.instant(), by, "credential.add")
            .detail(Optional.of(name + ": " + scopes)));
  }

  @Override
  public void remove(String name, Actor by) {
    change(
        REMOVE,
        new Object[] {name},
        () -> Refusals.unknownCredential(name),
        EventRecord.of(clock.instant(), by, "credential.remove").detail(Optional.of(name)));
  }

  private void change(
      String sql, Object[] values, Supplier<RuntimeException> refusal, EventRecord event) {
    database.change(
        session -> {
          if (session.update(sql, values) == 0) {
            throw refusal.get();
          }
          EventRow.insert(session, OptionalLong.empty(), OptionalLong.empty(), event);
          return true;
        });
  }

  @Override
  public List<ApiCredential> list() {
    return database.read(session -> session.list(LIST, JdbcApiCredentials::read));
  }

  @Override
  public Optional<ApiCredential> find(String sha256) {
    return database.read(session -> session.first(FIND, JdbcApiCredentials::read, sha256));
  }

  @Override
  public boolean any() {
    return database.read(session -> session.first(ANY, Row::number)).isPresent();
  }

  @Override
  public void used(String name, Instant day) {
    database.change(session -> session.update(USED, day, name, day));
  }

  private static String text(Set<Scope> scopes) {
    return scopes.stream().sorted().map(Enum::name).collect(Collectors.joining(" "));
  }

  private static ApiCredential read(Row row) throws SQLException {
    return new ApiCredential(
        row.text("name"),
        row.oneOf(Kind.class, "kind"),
        row.text("sha256"),
        Arrays.stream(row.text("scopes").split(" ", -1))
            .map(Scope::valueOf)
            .collect(Collectors.toUnmodifiableSet()),
        row.instant("created_at"),
        row.instant("expires_at"),
        row.optionalNumber("last_used").isPresent()
            ? Optional.of(row.instant("last_used"))
            : Optional.empty());
  }
}
