package org.certcollect.store.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/**
 * A copy of a running server's data for a standby, as pg_basebackup makes it; the embedded programs
 * lack that program.
 *
 * @param primary the server that is copied
 * @param from the folder of its data
 * @param to the folder that is made
 */
record BaseBackup(PostgresServer primary, Path from, Path to) {
  /** The standby's name for synchronous_standby_names. */
  static final String STANDBY = "standby";

  void make() throws IOException, InterruptedException, SQLException {
    try (Connection connection = primary.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_backup_start('standby', true)");
      copy();
      try (ResultSet stop = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
        stop.next();
        write("backup_label", stop.getString(1));
      }
    }
    write("standby.signal", "");
    write(
        "postgresql.auto.conf",
        String.format(
            Locale.ROOT,
            "primary_conninfo = 'host=127.0.0.1 port=%d user=%s password=''%s''"
                + " application_name=%s'%n",
            primary.port(),
            PostgresServer.USER,
            PostgresServer.PASSWORD,
            STANDBY));
  }

  private void copy() throws IOException, InterruptedException {
    String script =
        "umask 077; mkdir \"$1\" && cd \"$0\" && tar -c --exclude=./postmaster.pid"
            + " --exclude='./pg_wal/*' --exclude='./pg_replslot/*' . | tar -x -C \"$1\"";
    Process process =
        PostgresFolder.get()
            .unprivileged(List.of("sh", "-c", script, from.toString(), to.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("the copy failed");
    }
  }

  /** Written by its owner, who is not always the one who runs this. */
  private void write(String file, String text) throws IOException {
    Path target = to.resolve(file);
    Files.write(target, text.getBytes(UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    Files.setOwner(target, Files.getOwner(to));
  }
}
