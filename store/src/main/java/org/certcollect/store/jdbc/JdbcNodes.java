package org.certcollect.store.jdbc;

import java.util.List;
import org.certcollect.store.Nodes;

/** The table of servers. Safe for use by many threads. */
public record JdbcNodes(Database database) implements Nodes {
  private static final String TELL =
      """
      INSERT INTO node (name, version, started_at, seen_at) VALUES (?, ?, ?, ?)
      ON CONFLICT (name) DO UPDATE
      SET version = excluded.version, started_at = excluded.started_at, seen_at = excluded.seen_at
      """;

  @Override
  public void tell(Node node) {
    database.change(
        session -> {
          session.update("DELETE FROM node WHERE seen_at < ?", node.seen().minus(MAX_ABSENCE));
          return session.update(TELL, node.name(), node.version(), node.started(), node.seen());
        });
  }

  @Override
  public List<Node> list() {
    return database.read(
        session ->
            session.list(
                "SELECT name, version, started_at, seen_at FROM node ORDER BY name",
                row ->
                    new Node(
                        row.text("name"),
                        row.text("version"),
                        row.instant("started_at"),
                        row.instant("seen_at"))));
  }
}
