package org.certcollect.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * certcollect with a configuration and a data folder, through its launcher, as a service would run.
 */
record Certcollect(Layout layout, Children children, Path config, Path data, int port) {
  /** Orders of each account that are looked at. */
  private static final int MOST = 400;

  /**
   * Writes its configuration.
   *
   * @param more lines that the stage needs beside those for the listener
   */
  static Certcollect configure(
      Layout layout, Children children, Stage stage, Path data, ServerKeys keys, String more) {
    int port = Ports.free();
    Path config = layout.target().resolve(stage.word() + ".properties");
    String text =
        String.format(
            Locale.ROOT,
            """
            listen.host=127.0.0.1
            https.port=%d
            http.port=off
            tls.profile=modern
            tls.certificate=%s
            tls.key=%s
            %s\
            """,
            port,
            keys.certificate(stage.key()),
            keys.key(stage.key()),
            more);
    try {
      Files.writeString(config, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Certcollect(layout, children, config, data, port);
  }

  /** Starts the server; it is not ready yet. */
  Process serve() {
    return children.start(layout.log("certcollect"), Cores.server(command("serve")));
  }

  /** Makes orders and brings them in. */
  void importOrders(int count) {
    List<String> from = List.of(layout.generator().toString(), String.valueOf(count));
    children.pipe(Cores.all(from), Cores.all(command("import", "-")), layout.log("import"));
  }

  void setPassword(String login, Path file) {
    children.run(
        Cores.all(command("account", "password", login, "--password-file", file.toString())),
        layout.log("import"));
  }

  /** The first of the account's issued orders for server certificates. */
  List<Sample> issued(String login) {
    String csv =
        children.output(
            Cores.all(
                command(
                    "order",
                    "list",
                    "--csv",
                    "--account",
                    login,
                    "--state",
                    "issued",
                    "--product",
                    "ssl",
                    "--limit",
                    String.valueOf(MOST))));
    return csv.lines()
        .skip(1)
        .map(line -> new Sample(Long.parseLong(line.substring(0, line.indexOf(','))), login))
        .toList();
  }

  private List<String> command(String... verb) {
    List<String> command = new ArrayList<>(List.of(layout.launcher().toString()));
    command.addAll(List.of(verb));
    command.addAll(List.of("--config", config.toString(), "--data", data.toString()));
    return command;
  }
}
