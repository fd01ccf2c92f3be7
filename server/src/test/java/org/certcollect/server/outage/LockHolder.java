package org.certcollect.server.outage;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/**
 * The program that {@link SqliteOutageTest} runs in a process of its own: it locks a file until its
 * input ends.
 */
final class LockHolder {
  private LockHolder() {}

  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + args[0]);
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");
      statement.execute("UPDATE orders SET state = 'REJECTED'");
      System.out.println("locked");
      System.in.transferTo(System.out);
      statement.execute("COMMIT");
    }
  }
}
