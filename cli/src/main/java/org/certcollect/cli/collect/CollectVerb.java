package org.certcollect.cli.collect;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.certcollect.admin.view.Fields;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.cli.verb.ExitCode;
import org.certcollect.cli.verb.OutputFiles;
import org.certcollect.cli.verb.Shell;
import org.certcollect.client.CertificateChain;
import org.certcollect.client.CollectAnswer;
import org.certcollect.client.CollectAnswer.Processing;
import org.certcollect.client.CollectAnswer.Refused;
import org.certcollect.client.CollectClient;
import org.certcollect.client.CollectException;
import org.certcollect.client.CollectQuery;
import org.certcollect.client.ConnectionFailedException;
import org.certcollect.client.ConnectionFailedException.Reason;
import org.certcollect.client.InvalidAnswerException;
import org.certcollect.client.InvalidAnswerException.Kind;
import org.certcollect.client.Polling;
import org.certcollect.protocol.StatusCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verb {@code collect}. */
@Command(
    name = "collect",
    description = {
      "Collect a certificate from a server, this one or any other, over HTTPS.",
      "Without -o and --split the certificates go to standard output. Files of certificates are"
          + " replaced when the new ones are complete; other files never, as they may be keys."
    },
    footer = {
      "",
      "Exit codes: 0 issued; 1 refused; 2 wrong usage; 3 the server cannot be reached, is not"
          + " trusted or gives no valid answer; 70 an internal error; 75 the order is being"
          + " processed, try again later."
    })
public final class CollectVerb implements Callable<Integer> {
  private static final Duration MAX_PAUSE = Duration.ofMinutes(15);

  /** The fields of an answer that the others of a record tell. */
  private static final Set<String> TOLD =
      Set.of("order", "certificateId", "status", "code", "message", "notBefore", "notAfter");

  /** The field that tells what ORDER has told. */
  private static final String ORDER_NUMBER = "orderNumber";

  private final Shell shell;
  private final OutputFiles files = OutputFiles.ofCertificates();
  @Mixin private final ClaimOptions claim = new ClaimOptions();
  @Mixin private final ServerOptions server = new ServerOptions();

  @Option(
      names = "--format",
      paramLabel = "FORM",
      completionCandidates = CollectForm.Words.class,
      converter = CollectForm.Converter.class,
      description = "Form of the certificates: pem, pkcs7, netscape or zip (default: pem).")
  private CollectForm form = CollectForm.PEM;

  @Option(
      names = "--certificate-only",
      description = "Leave the CA certificates out; for pem and zip.")
  private boolean certificateOnly;

  @Option(names = "--ca-only", description = "Only the CA certificates; for pem and zip.")
  private boolean caOnly;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Output file; - is standard output (default: -; with --split the order's number).")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--split",
      description =
          "Write two files, as web servers want them: FILE.crt with the certificate,"
              + " FILE.ca-bundle with the CA certificates.")
  private boolean split;

  @Option(names = "--status", description = "Only ask for the status and the validity period.")
  private boolean status;

  @Option(
      names = "--details",
      description =
          "With --status: also domain names and the progress of the validation, if the server"
              + " speaks the later dialect.")
  private boolean details;

  @Option(
      names = "--wait",
      description = "Ask again until the order is not being processed any more.")
  private boolean wait;

  @Option(
      names = "--max-wait",
      paramLabel = "TIME",
      description = "Maximum time to wait; implies --wait (default: 24h).")
  private Optional<Duration> maxWait = Optional.empty();

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      description =
          "First pause of --wait; each is twice as long as the one before, up to 15m"
              + " (default: 10s).")
  private Duration interval = Duration.ofSeconds(10);

  @Option(
      names = "--json",
      description = "Print JSON, one record per line, also if the server refuses.")
  private boolean json;

  public CollectVerb(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    check();
    files.requireFree(shell, targets());
    CollectQuery<CertificateChain> query = part(claim.query(shell));
    CollectClient client = server.client(shell);
    if (split) {
      return collect(client, query, chain -> write(halves(chain)));
    }
    if (details) {
      query = withDetails(query);
    } else if (status) {
      query = query.withValidityPeriod();
    }
    return collect(client, form.of(query));
  }

  private <C> int collect(CollectClient client, CollectForm.Asked<C> asked)
      throws InterruptedException {
    return collect(
        client,
        asked.query(),
        certificates -> {
          if (caOnly && asked.chain().apply(certificates).caCertificates().isEmpty()) {
            throw CommandException.refused(
                "the server has no CA certificates for " + claim.name() + ": leave --ca-only out");
          }
          byte[] content = asked.content().apply(certificates);
          if (file().isPresent()) {
            write(Map.of(file().get(), content));
          } else {
            shell.surroundings().out().print(new String(content, US_ASCII));
            shell.surroundings().out().flush();
          }
        });
  }

  private static CollectQuery<CertificateChain> withDetails(CollectQuery<CertificateChain> query) {
    try {
      return query.withDetails();
    } catch (IllegalArgumentException e) {
      throw CommandException.usage("--details is for server certificates: leave it out");
    }
  }

  private void check() {
    if (certificateOnly && caOnly) {
      throw CommandException.usage("--certificate-only and --ca-only: choose one");
    }
    boolean structure = form == CollectForm.PKCS7 || form == CollectForm.NETSCAPE;
    if (structure && (certificateOnly || caOnly)) {
      throw CommandException.usage(
          "--certificate-only and --ca-only are for pem and zip: the other forms hold whole"
              + " chains");
    }
    if (split && (form != CollectForm.PEM || certificateOnly || caOnly)) {
      throw CommandException.usage(
          "--split writes PEM files of the whole chain: leave the rest out");
    }
    if (split && file().isEmpty() && (output.isPresent() || claim.number().isEmpty())) {
      throw CommandException.usage("--split writes two files: name them with -o FILE");
    }
    if (split && file().isPresent() && Files.isDirectory(file().get())) {
      throw CommandException.usage(
          "%s is a folder: name the files in it, for example %s"
              .formatted(file().get(), file().get().resolve("www")));
    }
    if (status && (split || file().isPresent())) {
      throw CommandException.usage("--status writes no file: leave -o and --split out");
    }
    if (details && !status) {
      throw CommandException.usage("--details is for --status: add it");
    }
    if (form == CollectForm.ZIP && file().isEmpty() && !status) {
      throw CommandException.usage("a ZIP archive is not text: add -o FILE");
    }
    if (json && file().isEmpty() && !split && !status) {
      throw CommandException.usage("--json is for --status, -o and --split: add one of them");
    }
    if (interval.isZero() || interval.compareTo(MAX_PAUSE) > 0) {
      throw CommandException.usage("--interval must be from 1ms to 15m");
    }
  }

  private CollectQuery<CertificateChain> part(CollectQuery<CertificateChain> whole) {
    if (status) {
      return whole.statusOnly();
    }
    if (certificateOnly) {
      return whole.certificateOnly();
    }
    return caOnly ? whole.caCertificatesOnly() : whole;
  }

  /** The files to write, as far as that is known before the answer. */
  private List<Path> targets() {
    return split ? List.of(half(".crt"), half(".ca-bundle")) : file().stream().toList();
  }

  private Optional<Path> file() {
    return output.filter(name -> !Shell.isStandard(name));
  }

  private Path half(String ending) {
    String name =
        output.map(Path::toString).or(() -> claim.number().map(String::valueOf)).orElseThrow();
    return Path.of(name.replaceFirst("\\.crt\\z", "") + ending);
  }

  private Map<Path, byte[]> halves(CertificateChain chain) {
    Map<Path, byte[]> files = new LinkedHashMap<>();
    if (chain.caCertificates().isEmpty()) {
      Path bundle = half(".ca-bundle");
      shell
          .output()
          .note(
              "There are no CA certificates, so %s is not written.%s"
                  .formatted(
                      bundle,
                      Files.exists(bundle)
                          ? " The file there is of another certificate: remove it."
                          : ""));
    } else {
      files.put(half(".ca-bundle"), chain.caBundlePem().getBytes(US_ASCII));
    }
    files.put(half(".crt"), chain.certificatePem().getBytes(US_ASCII));
    return files;
  }

  private void write(Map<Path, byte[]> contents) {
    Map<Path, OutputFiles.Content> toWrite = new LinkedHashMap<>();
    contents.forEach((file, content) -> toWrite.put(file, out -> out.write(content)));
    files.write(toWrite);
    List<String> names = contents.keySet().stream().map(Path::toString).sorted().toList();
    shell
        .output()
        .done(
            claim.name() + " is written to " + String.join(" and ", names),
            record("issued", StatusCode.ATTACHED.code()).add("files", names),
            new Fields(),
            json);
  }

  private Fields record(String state, int code) {
    return claim.fields().add("status", state).add("code", code);
  }

  private <C> int collect(CollectClient client, CollectQuery<C> query, Use<C> use)
      throws InterruptedException {
    CollectAnswer<C> answer;
    try {
      answer = wait || maxWait.isPresent() ? client.await(query, polling()) : client.collect(query);
    } catch (CollectException e) {
      throw CommandException.unreachable(e.getMessage() + advice(e), e);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
    if (answer.certificates().isPresent()) {
      use.use(answer.certificates().get());
      return ExitCode.DONE;
    }
    return tell(answer);
  }

  private static String advice(CollectException failure) {
    if (failure instanceof ConnectionFailedException connection
        && connection.reason() == Reason.UNTRUSTED) {
      return ", with --ca FILE or --pin SHA256";
    }
    return failure instanceof InvalidAnswerException answer && answer.kind() == Kind.NOT_AS_ASKED
        ? " (--format)"
        : "";
  }

  private <C> int tell(CollectAnswer<C> answer) {
    if (answer instanceof Refused<C> refused) {
      if (json) {
        shell.output().record(told(answer, "refused"), true);
      }
      throw refusal(refused);
    }
    boolean processing = answer instanceof Processing;
    if (!processing && !status) {
      throw CommandException.unreachable(
          claim.name() + " is issued, but the server sent no certificates: try again later");
    }
    if (status || json) {
      shell.output().record(told(answer, processing ? "processing" : "issued"), json);
    }
    if (processing) {
      shell
          .output()
          .note(
              "certcollect: %s is being processed: try again later%s"
                  .formatted(claim.name(), wait || maxWait.isPresent() ? "" : ", or add --wait"));
    }
    return processing ? ExitCode.PENDING : ExitCode.DONE;
  }

  private Fields told(CollectAnswer<?> answer, String state) {
    Fields fields = record(state, answer.code());
    if (answer instanceof Refused<?> refused) {
      fields.add("message", refused.message());
    }
    // Only the later dialect tells times.
    boolean times = answer.details().fields().containsKey("notBefore");
    answer
        .details()
        .validity()
        .ifPresent(
            period ->
                fields
                    .add("notBefore", times ? period.notBefore() : day(period.notBefore()))
                    .add("notAfter", times ? period.notAfter() : day(period.notAfter())));
    answer
        .details()
        .fields()
        .forEach(
            (name, value) -> {
              if (!TOLD.contains(name) && !(claim.isByOrder() && name.equals(ORDER_NUMBER))) {
                fields.add(name, value);
              }
            });
    return fields;
  }

  private static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  private CommandException refusal(Refused<?> refused) {
    String told =
        "the server refuses %s with %s: %s"
            .formatted(claim.name(), Integer.toString(refused.code()), refused.message());
    return refused.status().filter(StatusCode.UNKNOWN_ERROR::equals).isPresent()
        ? CommandException.unreachable(told + " Try again later.")
        : CommandException.refused(told + refused.status().map(CollectVerb::advice).orElse(""));
  }

  private static String advice(StatusCode status) {
    return switch (status) {
      case PERMISSION_DENIED ->
          " Check --login and the password; see that the account may collect this --product.";
      case PERMISSION_DENIED_CONTEXT ->
          " The login is right: see that the account may collect this --product.";
      case INVALID_ARGUMENT -> " Check the number or the code, and --product.";
      case AWAITING_PAYMENT -> " Pay the order, then collect it.";
      case REVOKED, REJECTED -> " Order another certificate.";
      case UNRECOGNISED_ARGUMENT ->
          " The server speaks strict 1.06: leave --details and --certificate-id out.";
      case NOT_HTTPS -> " Use the server's https URL.";
      case ATTACHED, AVAILABLE, PROCESSING, MISSING_ARGUMENT, UNKNOWN_ERROR, NOT_POST -> "";
    };
  }

  private Polling polling() {
    return Polling.upTo(maxWait.orElse(Duration.ofHours(24)))
        .withPauses(interval, MAX_PAUSE)
        .with(
            System::nanoTime,
            time -> {
              shell
                  .output()
                  .note(
                      "%s has no certificate yet; asking again in %s s"
                          .formatted(claim.name(), Long.toString(time.toSeconds())));
              Thread.sleep(time.toMillis());
            });
  }

  private interface Use<C> {
    void use(C certificates);
  }
}
