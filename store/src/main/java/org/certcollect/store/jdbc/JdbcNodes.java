package org.certcollect.store.jdbc;

import java.util.List;
import org.certcollect.store.Nodes;

/** The table of servers. Safe for use by many threads. */
public record JdbcNodes(Database database) implements Nodes {
  private static final String TELL =
      """
      INSERT INTO node (id, name, version, started_at, seen_at) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at
      """;

  private static final String FORGET =
      "DELETE FROM node WHERE seen_at < ? OR (name = ? AND id <> ? AND seen_at < ?)";

  @Override
  public void tell(Node node) {
    database.change(
        session -> {
          session.update(
              FORGET,
              node.seen().minus(MAX_ABSENCE),
              node.name(),
              node.id(),
              node.seen().minus(MAX_SILENCE));
          return session.update(
              TELL, node.id(), node.name(), node.version(), node.started(), node.seen());
        });
  }

  @Override
  public void forget(String id) {
    database.change(session -> session.update("DELETE FROM node WHERE id = ?", id));
  }

  @Override
  public List<Node> list() {
    return database.read(
        session ->
            session.list(
                "SELECT id, name, version, started_at, seen_at FROM node ORDER BY name, id",
                row ->
                    new Node(
                        row.text("id"),
                        row.text("name"),
                        row.text("version"),
                        row.instant("started_at"),
                        row.instant("seen_at"))));
  }
}
