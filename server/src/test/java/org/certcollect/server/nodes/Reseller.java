package org.certcollect.server.nodes;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.server.testing.QuickHash;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.domain.Product;

/** An account with some orders, all changed by one thread, by way of any node. */
final class Reseller {
  static final int ORDERS = 3;
  private static final List<String> CHAINS = Fixtures.chains();

  private final String login;
  private final List<TestServer> nodes;
  private final Random random;
  private final History<Access> access;
  private final AtomicReferenceArray<ItsOrder> orders = new AtomicReferenceArray<>(ORDERS);

  /** Orders and passwords have numbers, no two the same. */
  private int next;

  /** The conditions under which the account may log in. */
  record Access(String password, boolean enabled) {}

  /**
   * An order.
   *
   * @param answers what a caller who is let in is told: a chain's name, or an answer's first line
   */
  record ItsOrder(long number, History<String> answers) {}

  Reseller(int index, List<TestServer> nodes, long seed) {
    login = "reseller-" + index;
    next = (index + 1) * 1_000_000;
    this.nodes = nodes;
    random = new Random(seed);
    access = new History<>(new Access(newPassword(), true));
    TestServer node = anyNode();
    node.store()
        .accounts()
        .add(login, QuickHash.of(access.last().password()), Set.of(Product.SSL), TestServer.TESTER);
    for (int i = 0; i < ORDERS; i++) {
      renew(node, i);
    }
  }

  String login() {
    return login;
  }

  History<Access> access() {
    return access;
  }

  ItsOrder order(int index) {
    return orders.get(index);
  }

  /** Makes one change and returns when it is acknowledged. */
  void change() {
    TestServer node = anyNode();
    switch (random.nextInt(6)) {
      case 0 -> enable(node, false);
      case 1 -> enable(node, true);
      case 2 -> setPassword(node);
      case 3 -> revoke(node, random.nextInt(ORDERS));
      default -> issue(node, orders.get(random.nextInt(ORDERS)));
    }
  }

  private TestServer anyNode() {
    return nodes.get(random.nextInt(nodes.size()));
  }

  private String newPassword() {
    return "password-" + next++;
  }

  private void enable(TestServer node, boolean enabled) {
    access.change(
        new Access(access.last().password(), enabled),
        () -> node.store().accounts().setEnabled(login, enabled, TestServer.TESTER));
  }

  private void setPassword(TestServer node) {
    String password = newPassword();
    access.change(
        new Access(password, access.last().enabled()),
        () ->
            node.store().accounts().setPassword(login, QuickHash.of(password), TestServer.TESTER));
  }

  private void issue(TestServer node, ItsOrder order) {
    String before = order.answers.last();
    List<String> others = CHAINS.stream().filter(chain -> !chain.equals(before)).toList();
    String chain = others.get(random.nextInt(others.size()));
    order.answers.change(chain, () -> node.issue(order.number, chain));
  }

  /** A revoked order stays so: another comes in its place. */
  private void revoke(TestServer node, int index) {
    ItsOrder order = orders.get(index);
    if (CHAINS.contains(order.answers.last())) {
      order.answers.change(
          "-21",
          () -> node.store().orders().revoke(order.number, Optional.empty(), TestServer.TESTER));
      renew(node, index);
    } else {
      issue(node, order);
    }
  }

  private void renew(TestServer node, int index) {
    long number = next++;
    node.order(login, Product.SSL, number);
    orders.set(index, new ItsOrder(number, new History<>("0")));
  }
}
