package org.certcollect.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of line that is not taken, with the reason that is given. */
class ImportRejectsTest {
  private static final String CODE = ",\"code\":\"OPENSESAME\"";

  @TempDir private Path folder;

  static List<Arguments> wrongLines() {
    return List.of(
        wrong("[1]", "it is not a JSON object"),
        wrong("{\"type\":\"orde", "it is not JSON: see column"),
        wrong("{} {}", "something follows the JSON object"),
        wrong("{}", "type is missing"),
        wrong("{\"type\":\"invoice\"}", "type: \"invoice\" is not one of account, ca, order"),
        wrong("{\"type\":\"order\"}", "number is missing"),
        wrong(Lines.order(0, "processing", ""), "number must be from 1 to 9223372036854775807"),
        wrong(Lines.order(5, "processing", ",\"n\":1"), "there is no key \"n\""),
        wrong(
            Lines.order(5, "done", ""),
            "state: \"done\" is not one of awaiting-payment, processing, issued"),
        wrong(with("product", "\"tls\""), "product: \"tls\" is not one of ssl, ccc"),
        wrong(with("account", "\"nobody\""), "there is no account 'nobody'"),
        wrong(push("\"ftp://a.example\""), "push: a push URL must begin with https://"),
        wrong(push("\"https://me:secret@a.example\""), "push: a push URL must have no user"),
        wrong(push("\"https://a.example\",\"user\":\"a:b\""), "push: the user must have"),
        wrong(push("\"https://a.example\",\"pasword\":\"x\""), "pasword"),
        wrong(with("account", "7"), "account is not a text"),
        wrong(with("number", "\"5\""), "number is not a number"),
        wrong(with("number", "5.0"), "a number is not an integer"),
        wrong(with("number", "9223372036854775808"), "a number is too large"),
        wrong(with("created", "\"yesterday\""), "created is not a timestamp like"),
        wrong(with("created", "\"2026-02-30T00:00:00Z\""), "created is not a timestamp like"),
        wrong(with("created", "\"+99999-01-01T00:00:00Z\""), "created is not a timestamp like"),
        wrong(Lines.order(5, "issued", ""), "it is issued and has no certificates"),
        wrong(
            Lines.order(5, "rejected", certificates(Lines.whole("chain-3"))),
            "it is rejected and has certificates"),
        wrong(Lines.issued(5, "1"), "certificates is not an array of objects"),
        wrong(Lines.issued(5, "{}"), "certificate is missing"),
        wrong(certificate("MIIB", ""), "\"MIIB\" is neither PEM nor a file that can be read"),
        wrong(certificate("../secret", ""), "\"../secret\" lies outside the input's folder"),
        wrong(certificate("/etc/hostname", ""), "lies outside the input's folder"),
        wrong(certificate("empty", ""), "empty: it is empty"),
        wrong(certificate(Lines.text("request.csr"), ""), "certificate: it holds no certificate"),
        wrong(
            certificate(
                "-----BEGIN PRIVATE KEY-----\\nc2VjcmV0\\n-----END PRIVATE KEY-----\\n", ""),
            "certificate: it holds a private key"),
        wrong(
            certificate(Lines.pem("chain-3", 0), ",\"chain\":[\"sha256:00\"]"),
            "chain: there is no CA certificate \"00\" before it"),
        wrong(
            certificate(
                Lines.pem("chain-3", 0), ",\"chain\":[\"" + Lines.pem("chain-4", 1) + "\"]"),
            "is not part of the chain of"),
        wrong(
            Lines.order(
                5,
                "issued",
                certificates(Lines.whole("chain-3"))
                    + ",\"signingRequest\":\""
                    + Lines.text("other.csr")
                    + "\""),
            "the certificate's public key is not that of the signing request"),
        wrong(
            Lines.order(5, "processing", ",\"signingRequest\":\"" + Lines.pem("chain-3", 0) + "\""),
            "signingRequest: it holds no CERTIFICATE REQUEST"),
        wrong(Lines.order(5, "processing", CODE), "only an order for a client certificate (ccc)"),
        wrong(client(CODE + ",\"codeHash\":\"AAAA\""), "it has both code and codeHash"),
        wrong(client(",\"code\":\"OPENSESAME1234567\""), "code must have 1 to 16 characters"),
        wrong(
            client(",\"codeHash\":\"T1BFTlNFU0FNRQ==\""), "codeHash is not the base64 of 32 bytes"),
        wrong(certificate(Lines.pem("chain-1", 0), ",\"id\":0"), "id must be from 1 to"),
        wrong(
            certificate(Lines.pem("chain-1", 0), ",\"id\":1000000000000000"),
            "id must be from 1 to 999999999999999"),
        wrong(
            Lines.issued(5, withId("chain-1", "7") + "," + Lines.whole("chain-1")),
            "certificates: some have an id and some have none"),
        wrong(
            Lines.issued(5, withId("chain-1", "7") + "," + withId("chain-1", "7")),
            "certificates: an id is not greater than the one before"),
        wrong(
            Lines.order(5, "processing", ",\"reissue\":{\"since\":\"2026-01-01T00:00:00Z\"}"),
            "it is processing and has a reissue"),
        wrong(
            Lines.order(5, "processing", ",\"validation\":{\"steps\":{\"dns\":\"completed\"}}"),
            "there is no key \"dns\""),
        wrong(
            Lines.order(5, "processing", ",\"validation\":{\"steps\":{\"dcv\":\"done\"}}"),
            "dcv: \"done\" is not one of not-required, not-completed, in-progress, completed"),
        wrong(domain("a b", "completed"), "validation: not a domain name"),
        wrong(domain("a,Validated;b", "completed"), "validation: not a domain name"),
        wrong(
            domain("a.example", "not-required"),
            "validation: the check of a domain is always required"),
        wrong(event("\"actor\":\"\""), "actor must have 1 to 128 characters"),
        wrong(event("\"actor\":\"a\",\"who\":\"b\""), "there is no key \"who\""),
        wrong(
            "{\"type\":\"ca\",\"certificate\":\"%s\"}".formatted(Lines.pem("chain-3", 0)),
            "certificate is not a CA certificate"),
        wrong(
            "{\"type\":\"ca\",\"certificate\":\"%s\"}".formatted(Lines.text("chain-3.pem")),
            "certificate holds more than one certificate"),
        wrong(account("login", "\"\""), "login must have 1 to 64 characters"),
        wrong(account("login", "\"a\\u0007\""), "login must have 1 to 64 characters"),
        wrong(account("passwordHash", "\"OPENSESAME\""), "passwordHash is not an argon2id PHC"),
        wrong(account("enabled", "1"), "enabled is not true or false"),
        wrong(account("products", "\"ssl\""), "products is not an array"),
        wrong(account("products", "[\"sslx\"]"), "products: \"sslx\" is not one of ssl, ccc"),
        wrong(
            "{\"type\":\"account\",\"login\":\"a\",\"pasword\":\"OPENSESAME\"}",
            "there is no key \"pasword\""),
        wrong(
            account("enabled", "false"), "account 'demo' already exists and differs in: enabled"));
  }

  private static String domain(String name, String dcv) {
    return Lines.order(
        5,
        "processing",
        ",\"validation\":{\"domains\":[{\"name\":\"%s\",\"dcv\":\"%s\"}]}".formatted(name, dcv));
  }

  @ParameterizedTest
  @MethodSource("wrongLines")
  void wrongLineIsRejectedWithItsReason(String line, String reason) throws IOException {
    Path input = folder.resolve("input/orders.jsonl");
    Files.createDirectories(folder.resolve("input"));
    Files.writeString(folder.resolve("secret"), "OPENSESAME");
    Files.createFile(folder.resolve("input/empty"));
    Files.writeString(input, Lines.file(Lines.ACCOUNT, line, Lines.order(6, "processing", "")));
    Path rejects = folder.resolve("rejects.jsonl");
    Cli cli = new Cli(folder.resolve("data"));

    Run run = cli.run("", "import", input.toString(), "--rejects", rejects.toString(), "--json");

    String rejected = Files.readString(rejects);
    assertThat(rejected.lines()).hasSize(1);
    assertThat(rejected.replace("\\\"", "\"")).startsWith("{\"line\":3,").contains(reason);
    assertThat(rejected + run.out() + run.err()).doesNotContain("OPENSESAME", "c2VjcmV0");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.fields()).containsEntry("imported", "2").containsEntry("rejected", "1");
    assertThat(cli.run("order show 5").exit()).isEqualTo(1);
    assertThat(cli.run("order show 6").exit()).isZero();
  }

  @Test
  void anotherOrderUnderATakenNumberIsRejectedAndSaysInWhatItDiffers() {
    Cli cli = new Cli(folder);
    String first = Lines.file(Lines.ACCOUNT, Lines.issued(5, Lines.whole("chain-3")));
    assertThat(cli.run(first, "import", "-").exit()).isZero();

    String second =
        Lines.file(
            Lines.order(5, "processing", ""),
            Lines.issued(5, Lines.whole("chain-4")),
            Lines.issued(5, Lines.whole("chain-3")));
    Run run = cli.run(second, "import", "-");

    assertThat(run.err())
        .contains(
            "Rejected: line 2: order 5 already exists and differs in: state, certificates",
            "Rejected: line 3: order 5 already exists and differs in: certificates");
    assertThat(run.out()).contains("Imported 0 records, skipped 1", "rejected 2");
    assertThat(run.exit()).isEqualTo(1);
  }

  @Test
  void ofTwoOrdersWithOneNumberInOneInputTheFirstIsTaken() {
    Cli cli = new Cli(folder);
    String input =
        Lines.file(
            Lines.ACCOUNT,
            Lines.order(5, "processing", ""),
            Lines.order(5, "rejected", ""),
            Lines.order(5, "processing", ""));

    Run run = cli.run(input, "import", "-");

    assertThat(run.err()).contains("Rejected: line 4: order 5 already exists");
    assertThat(run.out()).contains("Imported 2 records, skipped 1", "rejected 1");
  }

  @Test
  void rejectsComeInTheOrderOfTheirLinesWhoeverRejectsThem() throws IOException {
    Path rejects = folder.resolve("rejects.jsonl");
    String input =
        Lines.file(
            Lines.ACCOUNT,
            Lines.order(5, "processing", ""),
            Lines.order(5, "rejected", ""),
            "no",
            Lines.order(5, "awaiting-payment", ""),
            "no");

    new Cli(folder.resolve("data")).run(input, "import", "-", "--rejects", rejects.toString());

    assertThat(Files.readAllLines(rejects))
        .extracting(line -> line.replaceAll(",.*", ""))
        .containsExactly("{\"line\":4", "{\"line\":5", "{\"line\":6", "{\"line\":7");
  }

  @Test
  void codeThatAnotherOrderHasIsRejected() {
    Cli cli = new Cli(folder);
    String input =
        Lines.file(
            Lines.ACCOUNT, client(CODE), client(CODE).replace("\"number\":5", "\"number\":6"));

    Run run = cli.run(input, "import", "-");

    assertThat(run.err())
        .contains("Rejected: line 4: its collection code belongs to another order")
        .doesNotContain("OPENSESAME");
    assertThat(cli.run("order show 6").exit()).isEqualTo(1);
  }

  @Test
  void rejectsGoNeitherIntoTheInputNorIntoTheStore() throws Exception {
    Path input = Files.writeString(folder.resolve("input.jsonl"), Lines.file(Lines.ACCOUNT, "no"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), input);
    Cli cli = new Cli(folder.resolve("data"));
    for (Path rejects : List.of(input, link)) {
      Run run = cli.run("", "import", input.toString(), "--rejects", rejects.toString());
      assertThat(run.err()).contains(rejects + " is the input itself: choose another file");
      assertThat(run.exit()).isEqualTo(2);
    }
    assertThat(input).hasContent(Lines.file(Lines.ACCOUNT, "no"));
    assertThat(cli.data()).doesNotExist();

    Path store = cli.data().resolve("certcollect.sqlite");
    assertThat(cli.run(Lines.file(Lines.ACCOUNT), "import", "-").exit()).isZero();
    Run run = cli.run("", "import", input.toString(), "--rejects", store.toString());
    assertThat(run.err()).contains(store + " is one of certcollect's own files");
    assertThat(cli.run("account show demo").exit()).isZero();
  }

  /** A repeated import emptied the rejects of the one before. */
  @Test
  void existingFileOfRejectsIsReplacedOnlyByForce() throws Exception {
    Path rejects = Files.writeString(folder.resolve("rejects"), "precious\n");
    Cli cli = new Cli(folder.resolve("data"));
    String[] line = {"import", "-", "--rejects", rejects.toString()};

    Run refused = cli.run(Lines.file("no"), line);
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains(rejects + " exists already", "--force");
    assertThat(rejects).hasContent("precious");
    assertThat(cli.data()).doesNotExist();

    cli.run(Lines.file("no"), "import", "-", "--force", "--rejects", rejects.toString());
    assertThat(rejects).content().startsWith("{\"line\":2,\"reason\":").hasLineCount(1);
  }

  @Test
  void dashSendsTheRejectsToStandardOutputAlone() {
    Run run =
        new Cli(folder.resolve("data")).run(Lines.file("no"), "import", "-", "--rejects", "-");
    assertThat(run.out()).startsWith("{\"line\":2,\"reason\":").hasLineCount(1);
    assertThat(run.err()).contains("Imported 0 records", "standard output tells why, line by line");
  }

  /** Closing them would end the locks that SQLite has on them while the import goes on. */
  @Test
  void filesOfTheStoreAreNotRead() throws IOException {
    Cli cli = new Cli(folder.resolve("data"));
    assertThat(cli.run(Lines.file(Lines.ACCOUNT), "import", "-").exit()).isZero();
    Path input =
        Files.writeString(
            folder.resolve("input.jsonl"),
            Lines.file(
                certificate("data/certcollect.sqlite", ""),
                certificate("data/../data/certcollect.sqlite-shm", ""),
                Lines.order(
                    5, "processing", ",\"signingRequest\":\"data/certcollect.sqlite-wal\"")));

    assertThat(cli.run("", "import", input.toString()).err().lines())
        .filteredOn(line -> line.startsWith("Rejected: "))
        .hasSize(3)
        .allMatch(line -> line.endsWith("\" is one of certcollect's own files"));
    Path store = folder.resolve("data/certcollect.sqlite");
    Run run = cli.run("", "import", store.toString());
    assertThat(run.err())
        .contains(store + " is one of certcollect's own files: choose another one");
    assertThat(run.exit()).isEqualTo(1);
  }

  @Test
  void rejectsDoNotGoIntoAFileThatIsReadFromStdin() throws Exception {
    Path input = Files.writeString(folder.resolve("input.jsonl"), Lines.file(Lines.ACCOUNT, "no"));
    Process process =
        Children.start(
            folder,
            ProcessBuilder.Redirect.from(input.toFile()),
            "-Xmx256m",
            Map.of(),
            "--data",
            folder.resolve("data").toString(),
            "import",
            "-",
            "--rejects",
            input.toString());
    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(folder.resolve("out.txt")).content().contains("is the input itself");
    assertThat(input).hasContent(Lines.file(Lines.ACCOUNT, "no"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2_000})
  void fullDiskIsToldWithTheFileOfRejects(int lines) {
    String[] wrong = Collections.nCopies(lines, "no").toArray(String[]::new);
    Run run = new Cli(folder).run(Lines.file(wrong), "import", "-", "--rejects", "/dev/full");
    assertThat(run.err()).contains("/dev/full cannot be written: No space left on device");
    assertThat(run.exit()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0, 2", "1, 0", "50000, 0", "50001, 2"})
  void batchFitsIntoMemory(int batch, int exit) {
    Run run = new Cli(folder).run(Lines.file(Lines.ACCOUNT), "import", "-", "--batch", "" + batch);
    assertThat(run.exit()).as(run.err()).isEqualTo(exit);
    assertThat(run.err().contains("--batch must be from 1 to 50000")).isEqualTo(exit == 2);
  }

  @Test
  void withoutAFileForThemTenRejectsAreShown() {
    String[] lines = new String[12];
    Arrays.fill(lines, "no");
    Run run = new Cli(folder).run(Lines.file(lines), "import", "-");
    assertThat(run.err().lines().filter(line -> line.startsWith("Rejected: line"))).hasSize(10);
    assertThat(run.err())
        .contains("Rejected: more; use --rejects FILE to list all")
        .endsWith(
            "12 of 12 were rejected; run it again with --rejects FILE, which tells why, line by"
                + " line\n");
  }

  /** They were told to run it again for reasons that stood above. */
  @Test
  void whoSawAllReasonsIsNotSentForThem() {
    Run run = new Cli(folder).run(Lines.file("no"), "import", "-");
    assertThat(run.err()).contains("Rejected: line 2").endsWith("1 of 1 were rejected\n");
  }

  @Test
  void whatDoesNotBeginWithTheHeaderIsRefusedAsAWhole() {
    Cli cli = new Cli(folder);
    for (String input : List.of("", "\n", Lines.ACCOUNT + "\n", "{\"format\":\"other\"}\n")) {
      Run run = cli.run(input, "import", "-");
      assertThat(run.err()).contains("does not begin with the line", "docs/import.md");
      assertThat(run.exit()).isEqualTo(1);
    }
    Run newer = cli.run("{\"format\":\"certcollect\",\"version\":3}\n", "import", "-");
    assertThat(newer.err())
        .contains("version 3 of the format, and this certcollect reads versions 1 to 2");
  }

  /** A misspelt name left a new store behind. */
  @Test
  void inputThatCannotBeReadMakesNoStore() {
    Cli cli = new Cli(folder.resolve("data"));

    Run run = cli.run("import " + folder.resolve("nofile.jsonl"));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("nofile.jsonl does not exist").doesNotContain("new one");
    assertThat(cli.data()).doesNotExist();
  }

  private static Arguments wrong(String line, String reason) {
    return Arguments.of(line, reason);
  }

  /** An order of which one key has another value. */
  private static String with(String name, String value) {
    return replace(Lines.order(5, "processing", ""), name, value);
  }

  private static String push(String url) {
    return Lines.ACCOUNT.replace("}", ",\"push\":{\"url\":" + url + "}}");
  }

  private static String account(String name, String value) {
    String line = Lines.ACCOUNT.replace("}", ",\"enabled\":true}");
    return replace(line, name, value);
  }

  private static String replace(String line, String name, String value) {
    String replaced =
        line.replaceFirst(
            "\"" + name + "\":(\"[^\"]*\"|\\[[^]]*]|[^,}]*)",
            Matcher.quoteReplacement("\"" + name + "\":" + value));
    assertThat(replaced).isNotEqualTo(line);
    return replaced;
  }

  private static String client(String more) {
    return Lines.order(5, "processing", more).replace("\"ssl\"", "\"ccc\"");
  }

  private static String certificate(String text, String more) {
    return Lines.issued(5, "{\"certificate\":\"" + text + "\"" + more + "}");
  }

  private static String withId(String fixture, String id) {
    return Lines.whole(fixture).replaceFirst("\\{", "{\"id\":" + id + ",");
  }

  private static String certificates(String object) {
    return ",\"certificates\":[" + object + "]";
  }

  private static String event(String keys) {
    return Lines.order(
        5,
        "processing",
        ",\"events\":[{\"at\":\"2026-01-01T00:00:00Z\",\"action\":\"order.add\"," + keys + "}]");
  }
}
