package org.certcollect.bench.scale;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.certcollect.admin.PasswordHasher;
import org.certcollect.store.Order;
import org.certcollect.store.OrderFilter;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.domain.Product;

/**
 * The times of collects by order number, from running servers, each with one client on one TLS
 * connection. The orders are random ones of some accounts, all over the store, equally many from
 * each. The store is changed at every 20th request, so that no server answers from its cache. The
 * servers take turns, so that other work on the machine slows down all alike.
 */
final class CollectTimes {
  static final String TABLE = "Collect by order number, PEM, over TLS";

  private static final int ACCOUNTS = 400;
  private static final int PAGE = 1_000;
  private static final int AT_ONCE = 2_000;
  private static final int WARM_UP = 100_000;
  private static final int BETWEEN_CHANGES = 20;
  private static final String PASSWORD = "bench";
  private static final String CHANGED = "bench";
  private static final Actor ACTOR = new Actor("bench");

  private final Path root;
  private final int rounds;

  /**
   * Makes a measurement.
   *
   * @param rounds turns of each server, with 2,000 requests each
   */
  CollectTimes(Path root, int rounds) {
    this.root = root;
    this.rounds = rounds;
  }

  private static final class Client {
    private final Subject subject;
    private final Serving server;
    private final Store store;
    private final PasswordHash hash;
    private List<String> forms;
    private final Durations durations = new Durations();

    Client(Subject subject, Store store, PasswordHash hash, Serving server, List<String> forms) {
      this.subject = subject;
      this.store = store;
      this.hash = hash;
      this.server = server;
      this.forms = forms;
    }

    /** Uses a connection for one turn: the server closes idle ones during the turns of others. */
    void collect(int times, int from, Durations to) throws IOException {
      try (KeptConnection connection = new KeptConnection(server.httpsPort())) {
        collect(connection, times, from, to);
      }
    }

    private void collect(KeptConnection connection, int times, int from, Durations to)
        throws IOException {
      for (int i = from; i < from + times; i++) {
        if (i % BETWEEN_CHANGES == 0) {
          store.accounts().setPassword(CHANGED, hash, ACTOR);
        }
        String form = forms.get(i % forms.size());
        long start = System.nanoTime();
        String answer = connection.post("/products/download/CollectSSL", form);
        to.add(System.nanoTime() - start);
        if (!answer.contains("-----BEGIN CERTIFICATE-----")) {
          throw new IOException("no certificate: " + answer);
        }
      }
    }

    void close() {
      server.close();
      store.close();
    }
  }

  void measure(List<KeptStore> kept, Figures figures) throws IOException {
    PasswordHash hash = new PasswordHasher().hash(PASSWORD);
    List<Client> clients = new ArrayList<>();
    try {
      for (KeptStore each : kept) {
        Store store = each.open();
        List<String> forms = forms(store, hash);
        clients.add(new Client(each.subject(), store, hash, Serving.start(root, each), forms));
      }
      int different = clients.stream().mapToInt(client -> client.forms.size()).min().orElse(0);
      clients.forEach(client -> client.forms = client.forms.subList(0, different));
      for (Client client : clients) {
        client.collect(WARM_UP, 0, new Durations());
      }
      for (int round = 0; round < rounds; round++) {
        for (Client client : clients) {
          client.collect(AT_ONCE, round * AT_ONCE, client.durations);
        }
      }
    } finally {
      for (Client client : clients) {
        client.close();
      }
    }
    for (Client client : clients) {
      figures.addMicros(TABLE, client.subject, client.durations);
      figures.add(TABLE, client.subject, "different orders", client.forms.size());
    }
    figures.addRatios(TABLE, "p50 µs", "p50 ratio");
    figures.addRatios(TABLE, "p99 µs", "p99 ratio");
  }

  private static List<String> forms(Store store, PasswordHash hash) {
    if (store.accounts().find(CHANGED).isEmpty()) {
      store.accounts().add(CHANGED, hash, Set.of(Product.SSL), ACTOR);
    }
    List<String> forms = new ArrayList<>();
    // The accounts with most orders.
    for (int i = 1; i <= ACCOUNTS; i++) {
      String login = "reseller" + i;
      if (store.accounts().find(login).isPresent()) {
        store.accounts().setPassword(login, hash, ACTOR);
        addForms(store, login, forms);
      }
    }
    Collections.shuffle(forms, new Random(1));
    return forms;
  }

  private static void addForms(Store store, String login, List<String> forms) {
    OrderFilter filter =
        OrderFilter.first(PAGE)
            .withAccount(Optional.of(login))
            .withState(Optional.of(OrderState.ISSUED))
            .withProduct(Optional.of(Product.SSL));
    List<Order> page = store.orders().list(filter);
    while (!page.isEmpty()) {
      page.forEach(order -> forms.add(form(login, order.number())));
      page = store.orders().list(filter.after(page.get(page.size() - 1)));
    }
  }

  private static String form(String login, long number) {
    return String.format(
        Locale.ROOT,
        "loginName=%s&loginPassword=%s&orderNumber=%d&queryType=1",
        login,
        PASSWORD,
        number);
  }
}
