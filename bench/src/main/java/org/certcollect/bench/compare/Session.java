package org.certcollect.bench.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** All of one run of the harness, from keys and stores to the tables. */
final class Session {
  private final Options options;
  private final Layout layout;
  private final Children children;
  private final Measurer measurer;
  private final ServerKeys keys;
  private final Nginx nginx;
  private final Path www;
  private final Results results = new Results();
  private final List<String> facts;
  private final List<String> failures = new ArrayList<>();

  Session(Options options, Layout layout, Children children) throws IOException {
    this.options = options;
    this.layout = layout;
    this.children = children;
    measurer = new Measurer(new Runner(new Load(layout, children)), options);
    keys = ServerKeys.make(layout.fresh("keys"), children);
    Path folder = layout.fresh("nginx");
    www = Nginx.www(folder);
    nginx = Nginx.start(layout, children, folder, keys);
    facts = new ArrayList<>(Facts.of(children, options));
  }

  /** Measures what it can. */
  Report run() throws IOException {
    Path data = layout.target().resolve("data-" + options.orders());
    Certcollect first = sqlite(Stage.SQLITE_EC, data);
    Password password = OrderStore.fill(first, options.orders());
    Answers answers = answers(first, password);
    for (Stage stage : Stage.values()) {
      List<Workload> workloads =
          options.workloads().stream().filter(w -> w.stage() == stage).toList();
      if (!workloads.isEmpty()) {
        attempt(stage.word(), () -> stage(stage, workloads, first, answers));
      }
    }
    if (options.wantsStart()) {
      attempt("start", () -> starts(first, answers));
    }
    return new Report(results, facts);
  }

  /** What could not be measured, and why. */
  List<String> failures() {
    return failures;
  }

  private Certcollect sqlite(Stage stage, Path data) {
    return Certcollect.configure(layout, children, stage, data, keys, "");
  }

  private Answers answers(Certcollect certcollect, Password password) throws IOException {
    Progress.say("collecting the answers that nginx is to serve");
    List<Sample> candidates = new ArrayList<>();
    Password.LOGINS.forEach(login -> candidates.addAll(certcollect.issued(login)));
    Process server = certcollect.serve();
    Https client = new Https(certcollect.port());
    Answers.awaitAny(client, server);
    facts.add(Facts.jdk(server, children));
    Answers answers = Answers.write(www, password.text(), candidates, client);
    children.end(server);
    facts.add(String.format(Locale.ROOT, "%d orders are asked for", answers.samples().size()));
    for (KeyType key : KeyType.values()) {
      answers.checkFiles("nginx", new Https(nginx.port(key)));
    }
    return answers;
  }

  private void stage(Stage stage, List<Workload> workloads, Certcollect first, Answers answers)
      throws IOException {
    if (stage == Stage.SQLITE_EC) {
      measure(first, workloads, answers);
      return;
    }
    if (stage == Stage.SQLITE_RSA) {
      measure(sqlite(stage, first.data()), workloads, answers);
      return;
    }
    try (PostgresStore store =
        PostgresStore.fill(layout, children, keys, options.postgresqlOrders())) {
      long last = OrderStore.BEFORE_FIRST + options.postgresqlOrders();
      Answers its = answers.upTo(last, store.password().text());
      if (its.samples().isEmpty()) {
        throw new BenchException("PostgreSQL has none of the orders that are asked for");
      }
      facts.add(
          String.format(
              Locale.ROOT, "of PostgreSQL, %d orders are asked for", its.samples().size()));
      measure(store.certcollect(), workloads, its);
    }
  }

  private void measure(Certcollect certcollect, List<Workload> workloads, Answers answers)
      throws IOException {
    Process server = certcollect.serve();
    try {
      Https client = new Https(certcollect.port());
      answers.awaitCollect(client, server);
      answers.checkPosts("certcollect", client);
      boolean scripts = workloads.stream().anyMatch(Workload::scripts);
      Optional<Process> php = scripts ? Optional.of(php(certcollect, answers)) : Optional.empty();
      Contenders contenders =
          new Contenders(answers, layout.fresh("targets"), nginx, certcollect.port(), server, php);
      measure(workloads, contenders);
      php.ifPresent(children::end);
    } finally {
      children.end(server);
    }
  }

  private void measure(List<Workload> workloads, Contenders contenders) {
    int warmUp = options.firstWarmUpSeconds();
    for (Workload workload : workloads) {
      int seconds = warmUp;
      attempt(
          workload.name(),
          () -> results.add(measurer.measure(workload, contenders.of(workload), seconds)));
      warmUp = options.nextWarmUpSeconds();
    }
  }

  private Process php(Certcollect certcollect, Answers answers) throws IOException {
    Process php = Php.start(layout, children, certcollect.data(), answers.password());
    Https client = new Https(nginx.port(KeyType.EC));
    answers.checkPosts("php", client, Php.HMAC, Answer.PEM);
    new Answers(www, answers.password(), answers.samples().subList(0, 1))
        .checkPosts("php", client, Php.ARGON2ID, Answer.PEM);
    return php;
  }

  private void starts(Certcollect certcollect, Answers answers) {
    for (int i = 0; i < options.starts(); i++) {
      Https client = new Https(certcollect.port());
      Quiet.await(Cores.SERVER);
      long begin = System.nanoTime();
      Process server = certcollect.serve();
      Answers.awaitAny(client, server);
      double first = (System.nanoTime() - begin) / 1e6;
      answers.awaitCollect(client, server);
      results.add(new Start(first, (System.nanoTime() - begin) / 1e6));
      children.end(server);
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  /**
   * Whatever goes wrong in one step, the others can still be measured, unless someone stops all.
   */
  private void attempt(String name, Step step) {
    try {
      Progress.say("%s", name);
      step.run();
    } catch (IOException | RuntimeException e) {
      if (children.isClosed()) {
        throw new BenchException("stopped", e);
      }
      failures.add(name + ": " + e);
      Progress.say("%s failed: %s", name, e);
    }
  }
}
