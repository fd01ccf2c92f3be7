package org.certcollect.server.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.cells.OrderSetUp;
import org.certcollect.protocol.cells.OrderSetUp.State;
import org.certcollect.protocol.cells.Situation;
import org.certcollect.protocol.cells.TestAccount;
import org.certcollect.store.NewOrder;
import org.certcollect.store.domain.Product;

/** Puts the accounts and orders of all {@link Situation}s into a server's store. */
public final class Situations {
  private final TestServer server;

  private Situations(TestServer server) {
    this.server = server;
  }

  public static void setUp(TestServer server) {
    Situations situations = new Situations(server);
    for (TestAccount account : TestAccount.values()) {
      situations.add(account);
    }
    for (Situation situation : Situation.values()) {
      for (Endpoint endpoint : Endpoint.values()) {
        situation.order().ifPresent(order -> situations.add(situation, endpoint, order));
      }
    }
  }

  private void add(TestAccount account) {
    server
        .store()
        .accounts()
        .add(
            account.login(),
            TestServer.hash(account.password()),
            account.isEnabledForEndpoints() ? Set.of(Product.SSL, Product.CCC) : Set.of(),
            TestServer.TESTER);
    if (account.isDisabled()) {
      server.store().accounts().setEnabled(account.login(), false, TestServer.TESTER);
    }
  }

  private void add(Situation situation, Endpoint endpoint, OrderSetUp order) {
    long number = situation.orderNumber(endpoint);
    Product product = endpoint == Endpoint.COLLECT_SSL ? Product.SSL : Product.CCC;
    server
        .store()
        .orders()
        .add(
            new NewOrder(
                order.owner().login(),
                product,
                OptionalLong.of(number),
                order.state() != State.AWAITING_PAYMENT,
                Optional.empty(),
                product == Product.CCC
                    ? Optional.of(server.hashCode(situation.collectionCode()))
                    : Optional.empty()),
            TestServer.TESTER);
    order.chain().ifPresent(chain -> server.issue(number, chain));
    switch (order.state()) {
      case REJECTED -> server.store().orders().reject(number, Optional.empty(), TestServer.TESTER);
      case REVOKED -> server.store().orders().revoke(number, Optional.empty(), TestServer.TESTER);
      case AWAITING_PAYMENT, PROCESSING, ISSUED -> {}
    }
    if (situation == Situation.OWN_FAILURE) {
      breakOrder(number);
    }
  }

  /** Damages the order's row in the file, so that the store cannot read it. */
  private void breakOrder(long number) {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + server.database().toAbsolutePath());
        Statement statement = connection.createStatement();
        PreparedStatement update =
            connection.prepareStatement("UPDATE orders SET state = 'BROKEN' WHERE number = ?")) {
      statement.execute("PRAGMA ignore_check_constraints = ON");
      update.setLong(1, number);
      update.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
