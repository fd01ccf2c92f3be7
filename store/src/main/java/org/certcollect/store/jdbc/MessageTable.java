package org.certcollect.store.jdbc;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.store.IssuedReference;
import org.certcollect.store.Messages;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.RefusedException;
import org.certcollect.store.transfer.EventRecord;

/**
 * The part of the outbox's table that has the messages of one channel. Safe for use by many
 * threads.
 *
 * @param <M> the form of a message
 */
public record MessageTable<M extends Messages.Entry>(
    Database database, Clock clock, Queries<M> queries) {
  /** A way to send messages. */
  public enum Channel {
    MAIL("mail", RefusedException.Reason.UNKNOWN_MAIL),
    PUSH("push notification", RefusedException.Reason.UNKNOWN_PUSH);

    private final String noun;
    private final RefusedException.Reason unknown;

    Channel(String noun, RefusedException.Reason unknown) {
      this.noun = noun;
      this.unknown = unknown;
    }

    /** The first word of the actions in the history: {@code mail}, {@code push}. */
    private String action() {
      return noun.split(" ", 2)[0];
    }
  }

  /** A change in a transaction, which returns how many messages it has hit. */
  @FunctionalInterface
  public interface Change {
    int apply(Session session, Instant now) throws SQLException;
  }

  /**
   * The queries for the messages of a channel.
   *
   * @param <M> the form of a message
   */
  public static final class Queries<M> {
    private final Channel channel;
    private final Row.Reader<M> reader;
    private final String byId;
    private final String page;
    private final String failedPage;
    private final String counts;

    /**
     * @param select the query that the reader reads, without a condition, in which the outbox is b
     */
    public Queries(Channel channel, String select, Row.Reader<M> reader) {
      this.channel = channel;
      this.reader = reader;
      String own = " b.channel = '" + channel.name() + "'";
      byId = select + "WHERE b.id = ? AND" + own;
      String after = select + "WHERE b.id > ? AND" + own;
      page = after + " ORDER BY b.id LIMIT ?";
      failedPage = after + " AND b.failed_at IS NOT NULL ORDER BY b.id LIMIT ?";
      counts =
          """
          SELECT
            (SELECT COUNT(*) FROM outbox b WHERE %1$s AND b.next_at IS NOT NULL) AS waiting,
            (SELECT COUNT(*) FROM outbox b WHERE %1$s AND b.failed_at IS NOT NULL) AS failed,
            (SELECT MIN(b.due_at) FROM outbox b WHERE %1$s AND b.next_at IS NOT NULL) AS oldest
          """
              .formatted(own);
    }
  }

  private static final String DELETE = "DELETE FROM outbox WHERE id = ?";

  public List<M> list(boolean onlyFailed, long after, int limit) {
    return database.read(
        session ->
            session.list(
                onlyFailed ? queries.failedPage : queries.page, queries.reader, after, limit));
  }

  public Messages.Counts counts() {
    return database.read(
        session ->
            session
                .first(
                    queries.counts,
                    row ->
                        new Messages.Counts(
                            row.number("waiting"),
                            row.number("failed"),
                            row.optionalInstant("oldest")))
                .orElseThrow());
  }

  public Optional<M> find(Session session, long id) throws SQLException {
    return session.first(queries.byId, queries.reader, id);
  }

  /** Removes a message that was sent, and leaves an event. */
  public void sent(M message, Actor by) {
    database.change(
        session -> {
          session.update(DELETE, message.id());
          log(session, message, "", "", by);
          return true;
        });
  }

  public void drop(long id, Optional<String> reason, Actor by) {
    database.change(
        session -> {
          M message = find(session, id).orElseThrow(() -> refusal(id, false));
          // A server may have sent it meanwhile.
          if (session.update(DELETE, id) == 0) {
            throw refusal(id, false);
          }
          log(session, message, "-dropped", reason.map(text -> ": " + text).orElse(""), by);
          return true;
        });
  }

  /**
   * Has messages tried again.
   *
   * @param change sets the times of the message with this id, or of all that were given up
   */
  public int retry(OptionalLong id, Actor by, Change change) {
    return database.change(
        session -> {
          Instant now = clock.instant();
          int count = change.apply(session, now);
          if (id.isPresent() && count == 0) {
            throw refusal(id.getAsLong(), find(session, id.getAsLong()).isPresent());
          }
          String what =
              id.isPresent()
                  ? queries.channel.noun + " " + id.getAsLong()
                  : "failed " + queries.channel.noun + "s: " + count;
          EventRow.insert(
              session,
              OptionalLong.empty(),
              OptionalLong.empty(),
              EventRecord.of(now, by, queries.channel.action() + ".retry")
                  .detail(Optional.of(what)));
          return count;
        });
  }

  /** Leaves an event in the history of a message's order. */
  public void log(Session session, M message, String suffix, String detail, Actor by)
      throws SQLException {
    EventRow.insert(
        session,
        message.order(),
        EventRecord.of(clock.instant(), by, "order." + queries.channel.action() + suffix)
            .detail(Optional.of(message.subject() + detail)));
  }

  private RefusedException refusal(long id, boolean exists) {
    return new RefusedException(
        queries.channel.unknown,
        exists
            ? queries.channel.noun
                + " "
                + id
                + " cannot be sent now: it is being sent, or its order is held or has no"
                + " certificate to hand out"
            : "there is no " + queries.channel.noun + " " + id + " in the outbox");
  }

  /** The certificate that a message is about, if there is one. */
  public static Optional<IssuedReference> certificate(Row row) throws SQLException {
    OptionalLong id = row.optionalNumber("certificate_id");
    return id.isPresent()
        ? Optional.of(
            new IssuedReference(
                CertificateKeys.id(id.getAsLong()),
                row.instant("not_before"),
                row.instant("not_after")))
        : Optional.empty();
  }
}
