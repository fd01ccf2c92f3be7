package org.certcollect.server.mail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.certcollect.server.config.MailConfig.Security;
import org.certcollect.server.testing.Await;
import org.certcollect.store.Outbox.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of mails have in common: a store that mails, and its folder. */
abstract class MailScenario {
  static final String CODE = "KANARCDEKANARCDE";
  static final String PASSWORD = "KanariePassword";

  @TempDir Path folder;
  MailFixture fixture;

  @BeforeEach
  void open() {
    fixture = new MailFixture(folder.resolve("store.sqlite"));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Delivers all that waits to a server of plain SMTP. */
  void deliver(ScriptedSmtp smtp) {
    fixture.deliverAll(MailFixture.config(smtp.port(), Security.NONE));
  }

  void awaitEmpty() {
    Await.until("all are sent", () -> fixture.store.outbox().counts().waiting() == 0);
  }

  List<Message> all() {
    return fixture.store.outbox().list(false, 0, 100);
  }

  String database() throws IOException {
    StringBuilder bytes = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return bytes.toString();
  }

  void execute(String statements) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("store.sqlite"));
        Statement statement = connection.createStatement()) {
      for (String each : statements.split("; ", -1)) {
        statement.execute(each);
      }
    }
  }
}
