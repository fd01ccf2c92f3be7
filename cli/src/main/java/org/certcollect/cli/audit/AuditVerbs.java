package org.certcollect.cli.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.certcollect.admin.FileException;
import org.certcollect.admin.PrintableText;
import org.certcollect.admin.audit.AuditFolder;
import org.certcollect.admin.audit.AuditHead;
import org.certcollect.admin.audit.AuditLine;
import org.certcollect.admin.audit.AuditReader;
import org.certcollect.admin.audit.AuditReader.AuditFilter;
import org.certcollect.admin.audit.AuditVerifier;
import org.certcollect.admin.audit.AuditVerifier.AuditReport;
import org.certcollect.admin.view.Fields;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.cli.verb.Converters;
import org.certcollect.cli.verb.ExitCode;
import org.certcollect.cli.verb.Shell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

public final class AuditVerbs {
  private AuditVerbs() {}

  private static CommandException noLog(Shell shell) {
    // A folder that this user may not enter looks like an empty one. This refuses it.
    boolean unused = shell.dataFolder().hasStore();
    return CommandException.refused(
        "there is no audit log in "
            + shell.dataFolder().path()
            + ": name the data folder of a server with --data, or copy the folder audit from your"
            + " backup");
  }

  @Command(
      name = "verify",
      description = {
        "Verify the audit log: that no record was changed, removed, added or moved.",
        "A head is a word that the server's log has after \"Audit head\". It shows that the records"
            + " up to it are those of that time. Only heads that are kept elsewhere show that an"
            + " older copy was put in the log's place.",
        ""
      })
  public static final class AuditVerify implements Callable<Integer> {
    private final Shell shell;

    @Option(names = "--json", description = "Print JSON, one record per line.")
    private boolean json;

    @Option(names = "--archived", description = "Let a chain begin with a later record than 1.")
    private boolean archived;

    @Option(
        names = "--log",
        paramLabel = "FILE",
        description =
            "Ordinary log of a server, of which all heads are checked; - is standard input.")
    private Optional<Path> log = Optional.empty();

    @Parameters(
        paramLabel = "HEAD",
        arity = "0..*",
        description = "Heads that were kept apart from the audit log.")
    private List<String> heads = List.of();

    public AuditVerify(Shell shell) {
      this.shell = shell;
    }

    @Override
    public Integer call() {
      AuditFolder folder = AuditFolder.in(shell.dataFolder());
      List<AuditReport> reports = new ArrayList<>();
      List<AuditHead> given = new ArrayList<>(heads.stream().map(AuditVerify::head).toList());
      boolean compared = log.isEmpty() || readLog(log.get(), given, reports);
      List<String> chains = folder.chains();
      for (String chain : chains) {
        reports.add(AuditVerifier.verify(folder, chain, given, archived));
      }
      given.stream()
          .map(AuditHead::node)
          .distinct()
          .filter(node -> !chains.contains(node))
          .forEach(
              node ->
                  reports.add(
                      AuditReport.failed(
                          node, "the chain is missing, and a signed head names it")));
      if (reports.isEmpty()) {
        throw noLog(shell);
      }
      reports.forEach(this::print);
      if (!compared) {
        throw CommandException.refused(
            Shell.name(log.orElseThrow())
                + " has no line \"Audit head\", so nothing was compared with it; the chains were"
                + " verified all the same. Give the ordinary log of a server and of a longer time:"
                + " without new records there is no new head");
      }
      return reports.stream().allMatch(report -> report.problems().isEmpty())
          ? ExitCode.DONE
          : ExitCode.REFUSED;
    }

    private static AuditHead head(String text) {
      return AuditHead.parse(text)
          .orElseThrow(
              () ->
                  CommandException.usage(
                      "'"
                          + text
                          + "' is not a signed head: copy the whole word that a line \"Audit head\""
                          + " of the server's log names"));
    }

    /** Adds the heads of a log. Returns whether it has any, be they valid or not. */
    private boolean readLog(Path file, List<AuditHead> given, List<AuditReport> reports) {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(
                  Shell.isStandard(file) ? shell.surroundings().in() : Files.newInputStream(file),
                  UTF_8))) {
        int number = 0;
        boolean hasHead = false;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          number++;
          if (line.contains("Audit head")) {
            hasHead = true;
            Optional<AuditHead> head = AuditHead.find(line);
            head.ifPresent(given::add);
            if (head.isEmpty()) {
              reports.add(
                  AuditReport.failed(
                      Shell.name(file),
                      "line " + number + " names no signed head; it was changed or cut"));
            }
          }
        }
        return hasHead;
      } catch (IOException e) {
        throw FileException.unreadable(file, e);
      }
    }

    private void print(AuditReport report) {
      if (json) {
        shell
            .output()
            .record(
                new Fields()
                    .add("chain", report.chain())
                    .add("intact", report.problems().isEmpty())
                    .add("records", report.records())
                    .add("first", report.first())
                    .add("last", report.last())
                    .add("hash", report.lastHash())
                    .add("problems", report.problems())
                    .add("repairs", report.repairs()),
                true);
        return;
      }
      shell
          .output()
          .line(
              PrintableText.of(
                  "%s: %s, records %s to %s"
                      .formatted(
                          report.chain(),
                          report.problems().isEmpty() ? "intact" : "NOT INTACT",
                          Long.toString(report.first()),
                          Long.toString(report.last()))));
      Stream.concat(report.problems().stream(), report.repairs().stream())
          .forEach(text -> shell.output().line("  " + PrintableText.of(text)));
    }
  }

  @Command(
      name = "show",
      description = "Print records of the audit log, oldest first. It does not verify them.")
  public static final class AuditShow implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Shell shell;

    @Option(names = "--json", description = "Print the records as they stand in the log.")
    private boolean json;

    @Option(names = "--order", paramLabel = "NUMBER", description = "Only records of this order.")
    private Optional<Long> order = Optional.empty();

    @Option(names = "--login", paramLabel = "LOGIN", description = "Only records of this login.")
    private Optional<String> login = Optional.empty();

    @Option(
        names = "--since",
        paramLabel = "TIME",
        description =
            "Only records since then: a day, a time in UTC or a time ago (2026-05-14,"
                + " 2026-05-14T12:00:00Z, 7d).")
    private Optional<String> since = Optional.empty();

    @Option(names = "--refused", description = "Only refusals.")
    private boolean refused;

    @Option(names = "--follow", description = "Go on with the records that are written from now.")
    private boolean follow;

    public AuditShow(Shell shell) {
      this.shell = shell;
    }

    @Override
    public Integer call() {
      AuditFilter filter =
          new AuditFilter(
              order.map(OptionalLong::of).orElse(OptionalLong.empty()),
              login,
              since.map(text -> Converters.instant("--since", text, shell.clock().instant())),
              refused);
      AuditFolder folder = AuditFolder.in(shell.dataFolder());
      if (folder.chains().isEmpty() && !follow) {
        throw noLog(shell);
      }
      try (AuditReader reader = new AuditReader(folder, filter)) {
        boolean found = false;
        while (true) {
          Optional<AuditLine> line = reader.next();
          line.ifPresent(this::print);
          found |= line.isPresent();
          if (line.isEmpty() && !follow && !found && !json) {
            shell.output().note("No record matches.");
          }
          if (shell.surroundings().out().checkError() || (line.isEmpty() && !follow)) {
            return ExitCode.DONE;
          }
          if (line.isEmpty()) {
            LockSupport.parkNanos(PAUSE.toNanos());
          }
        }
      }
    }

    private void print(AuditLine line) {
      shell.output().line(json ? line.text() : text(line));
    }

    private static String text(AuditLine line) {
      return PrintableText.of(
          line.fields().entrySet().stream()
              .filter(field -> !field.getKey().equals("prev"))
              .map(AuditShow::text)
              .collect(Collectors.joining(" ")));
    }

    private static String text(Map.Entry<String, Object> field) {
      String value = field.getValue().toString();
      return switch (field.getKey()) {
        case "node", "time", "event" -> value;
        default -> field.getKey() + "=" + (value.matches("[^\\s\"=\\\\]*") ? value : quoted(value));
      };
    }

    /** The text in quotes. A stranger's login must not look like further fields. */
    private static String quoted(String text) {
      return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
  }
}
