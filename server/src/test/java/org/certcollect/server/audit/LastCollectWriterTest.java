package org.certcollect.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.StatusCode;
import org.certcollect.server.auth.RequestSource;
import org.certcollect.server.collect.AnsweredRequest;
import org.certcollect.server.testing.TestLog;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.Test;

class LastCollectWriterTest {
  private static AnsweredRequest collected(long order) {
    return new AnsweredRequest(
        "id",
        Endpoint.COLLECT_SSL.title(),
        RequestSource.of("192.0.2.1"),
        false,
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.of(order),
        Optional.empty(),
        StatusCode.ATTACHED,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Duration.ZERO);
  }

  /** Broke once: those of the transactions before the one that failed were counted too. */
  @Test
  void onlyTheCollectsThatAreNotKeptAreTold() throws SQLException {
    try (TestServer server = TestServer.start();
        TestLog log = TestLog.json()) {
      server.quickAccount("reseller", "right");
      server.order("reseller", Product.SSL, 5);
      server.order("reseller", Product.SSL, 5_000);
      try (LastCollectWriter writer = new LastCollectWriter(server.store().lastCollects())) {
        for (long order = 1; order <= 1_000; order++) {
          writer.answered(collected(order));
        }
        writer.answered(collected(5_000));
        execute(
            server.database(),
            "CREATE TRIGGER fails BEFORE INSERT ON last_collect WHEN new.order_number = 5000"
                + " BEGIN SELECT RAISE(ABORT, 'no'); END");
      }
      assertThat(server.store().lastCollects().of(5)).isPresent();
      assertThat(log.lines("could not be kept"))
          .singleElement()
          .asString()
          .contains("\"orders\":1,");
      execute(server.database(), "DROP TRIGGER fails");
    }
  }

  private static void execute(Path database, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      boolean unused = statement.execute(sql);
    }
  }
}
