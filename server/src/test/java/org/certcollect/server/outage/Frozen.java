package org.certcollect.server.outage;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.certcollect.store.testing.PostgresServer;

/** All processes of a PostgreSQL server, stopped where they are until they are thawed. */
final class Frozen {
  private final List<ProcessHandle> processes;

  Frozen(PostgresServer server) {
    ProcessHandle postmaster = postmaster(server);
    processes = Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    signal("STOP");
  }

  private static ProcessHandle postmaster(PostgresServer server) {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet backend = statement.executeQuery("SELECT pg_backend_pid()")) {
      backend.next();
      return ProcessHandle.of(backend.getLong(1)).flatMap(ProcessHandle::parent).orElseThrow();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A process that has ended meanwhile is none to stop. */
  private void signal(String name) {
    String ids =
        processes.stream().map(each -> Long.toString(each.pid())).collect(Collectors.joining(" "));
    try {
      new ProcessBuilder("sh", "-c", "kill -%s %s".formatted(name, ids))
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void thaw() {
    signal("CONT");
  }
}
