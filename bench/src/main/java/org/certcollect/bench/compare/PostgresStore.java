package org.certcollect.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.certcollect.store.testing.PostgresServer;

/** A PostgreSQL server with orders, and the certcollect on it. */
record PostgresStore(PostgresServer server, Certcollect certcollect, Password password)
    implements AutoCloseable {
  static PostgresStore fill(Layout layout, Children children, ServerKeys keys, int orders)
      throws IOException {
    Path folder = layout.fresh("postgresql");
    Path secret = folder.resolve("store-password");
    Files.writeString(secret, PostgresServer.PASSWORD);
    PostgresServer server = PostgresServer.start("shared_buffers=512MB", "max_wal_size=4GB");
    Certcollect certcollect =
        Certcollect.configure(
            layout,
            children,
            Stage.POSTGRESQL,
            folder.resolve("data"),
            keys,
            """
            store.url=jdbc:postgresql://%s/postgres
            store.user=%s
            store.password-file=%s
            """
                .formatted(server.host(), PostgresServer.USER, secret));
    Password password = OrderStore.fill(certcollect, orders);
    server.execute("VACUUM ANALYZE");
    return new PostgresStore(server, certcollect, password);
  }

  @Override
  public void close() {
    server.close();
  }
}
