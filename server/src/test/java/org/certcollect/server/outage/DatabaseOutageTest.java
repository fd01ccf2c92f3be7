package org.certcollect.server.outage;

import java.io.IOException;
import org.certcollect.store.testing.PostgresServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests of the answers to clients while a real PostgreSQL is stopped, and after that. */
@Tag("drill")
class DatabaseOutageTest {
  @Test
  void aServerThatDiesAndComesBack() throws IOException {
    try (PostgresServer database = PostgresServer.start();
        Rig rig = new Rig(database.config())) {
      database.kill();
      rig.assertRefusedInTime();
      database.startAgain();
      rig.assertRecovers();
      rig.assertLogIsShort();
    }
  }

  @Test
  void aServerThatHangsAndGoesOn() throws IOException {
    try (PostgresServer database = PostgresServer.start();
        Rig rig = new Rig(database.config())) {
      Frozen frozen = new Frozen(database);
      try {
        rig.assertRefusedInTime();
      } finally {
        frozen.thaw();
      }
      rig.assertRecovers();
      rig.assertLogIsShort();
    }
  }

  @Test
  void aPrimaryThatDiesAndAStandbyThatTakesOver() throws IOException {
    try (PostgresServer primary = PostgresServer.start();
        PostgresServer standby = primary.standby()) {
      primary.execute(
          "ALTER SYSTEM SET synchronous_standby_names = 'standby'", "SELECT pg_reload_conf()");
      String hosts = primary.host() + "," + standby.host();
      try (Rig rig = new Rig(PostgresServer.config(hosts, ""))) {
        primary.kill();
        rig.assertRefusedInTime();
        standby.promote();
        rig.assertRecovers();
        rig.assertLogIsShort();
      }
    }
  }
}
