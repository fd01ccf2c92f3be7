package org.certcollect.server.outage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.certcollect.server.testing.Await;
import org.certcollect.store.testing.PostgresServer;

/** All processes of a PostgreSQL server, stopped where they are until they are thawed. */
final class Frozen {
  private final List<ProcessHandle> processes;

  /** Only a postmaster that stands still starts no process that would be missed. */
  Frozen(PostgresServer server) {
    ProcessHandle postmaster = postmaster(server);
    stop(List.of(postmaster));
    List<ProcessHandle> others = postmaster.descendants().toList();
    stop(others);
    processes = Stream.concat(others.stream(), Stream.of(postmaster)).toList();
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

  private static void stop(List<ProcessHandle> processes) {
    signal("STOP", processes);
    Await.until("stopped", () -> processes.stream().allMatch(Frozen::standsStill));
  }

  private static boolean standsStill(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      // A stopped process, or one that has ended and that its parent, stopped, does not reap.
      return "TZ".indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) >= 0;
    } catch (IOException e) {
      return !process.isAlive();
    }
  }

  /** A process that has ended meanwhile is none to signal. */
  private static void signal(String name, List<ProcessHandle> processes) {
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
    signal("CONT", processes);
  }
}
