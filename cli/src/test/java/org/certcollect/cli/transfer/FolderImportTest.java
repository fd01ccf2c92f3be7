package org.certcollect.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.protocol.fixtures.Fixtures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderImportTest {
  @TempDir private Path folder;
  private Path files;
  private Cli cli;

  @BeforeEach
  void prepare() throws IOException {
    files = Files.createDirectory(folder.resolve("files"));
    cli = new Cli(folder.resolve("data"));
    cli.done("account add demo --ssl");
  }

  @Test
  void filesOfEachKindBecomeIssuedOrdersUnderTheirNumbers() throws IOException {
    Files.write(files.resolve("12.pem"), Fixtures.bytes("chain-3.pem"));
    Files.write(files.resolve("3.p7b"), Fixtures.bytes("p7/chain-3.p7b"));
    Files.write(files.resolve("4.p7b"), Fixtures.bytes("p7/chain-3.p7b.der"));
    Files.write(files.resolve("0007.CRT"), Fixtures.bytes("expired.pem"));
    Files.writeString(files.resolve(".DS_Store"), "hidden");

    Run run = cli.run("", command());

    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .isEqualTo("Imported 4 records, skipped 0 that were there already, rejected 0.\n");
    assertThat(cli.run("order list --json").lines())
        .hasSize(4)
        .allMatch(line -> line.contains("\"state\":\"issued\""));
    assertThat(cli.run("order show 12").out())
        .containsPattern("created +2026-05-14T00:00:00Z")
        .containsPattern("59657fda[0-9a-f]+ .*  3\n")
        .contains("order.import");
    assertThat(cli.run("order show 7").exit()).isZero();

    assertThat(cli.run("", command()).out()).contains("Imported 0 records, skipped 4");
  }

  @Test
  void listTellsTheOrderAndTheAccountOfEachFile() throws IOException {
    Files.write(files.resolve("www.pem"), Fixtures.bytes("chain-3.pem"));
    Files.write(files.resolve("mail, new.pem"), Fixtures.bytes("chain-2.pem"));
    Path map =
        Files.writeString(
            folder.resolve("map.csv"),
            """
            file,number,account
            www.pem,12,demo
            "mail, new.pem",13,other
            no.pem,14,demo
            ../map.csv,15,demo
            www.pem,16,nobody
            """);
    cli.done("account add other");
    String command = "import " + files + " --product ssl --map " + map;

    Run run = cli.run(command);

    assertThat(run.out()).startsWith("Imported 2 records, skipped 0 that were there already, ");
    assertThat(run.err()).contains("no.pem", "../map.csv", "no account");
    assertThat(cli.run("order show 13 --json").field("account")).isEqualTo("other");
    assertThat(cli.run(command).out()).startsWith("Imported 0 records, skipped 2");
    Files.writeString(map, "www.pem,x,demo\n");
    assertThat(cli.run(command).err()).contains("line 1 of the mapping", "www.pem,1234,acme");
    assertThat(cli.run(command + " --account demo").exit()).isEqualTo(2);
  }

  @Test
  void chainsAreCompletedFromTheCaCertificatesThatAreStored() throws IOException {
    Path chain = Files.write(folder.resolve("chain.pem"), Fixtures.bytes("chain-3.pem"));
    String all = Files.readString(chain);
    String end = "-----END CERTIFICATE-----\n";
    Path cas =
        Files.writeString(folder.resolve("ca.pem"), all.substring(all.indexOf(end) + end.length()));
    cli.done("ca add " + cas);
    Files.write(files.resolve("5.der"), Fixtures.bytes("der/chain-3-ee.der"));
    Files.write(files.resolve("6.pem"), Fixtures.bytes("chain-3.pem"));

    assertThat(cli.run("", command()).exit()).isZero();

    assertThat(cli.run("export").lines().stream().filter(line -> line.contains("\"number\":")))
        .hasSize(2)
        .allMatch(line -> line.split("sha256:", -1).length == 3);
  }

  @Test
  void begunAgainItSkipsOrdersWhoseIssuerCameToBeKnownByTheFirstTime() throws IOException {
    Files.write(files.resolve("1.pem"), Fixtures.bytes("chain-3.pem"));
    Files.write(files.resolve("2.der"), Fixtures.bytes("der/chain-3-ee.der"));
    assertThat(cli.run("", command()).out()).contains("Imported 2 records");

    Run again = cli.run("", command());

    assertThat(again.out()).contains("Imported 0 records, skipped 2");
    assertThat(again.exit()).isZero();
    Files.write(files.resolve("2.der"), Fixtures.bytes("chain-2.pem"));
    assertThat(cli.run("", command()).err())
        .contains("order 2 already exists and differs in: certificates");
  }

  @Test
  void whatIsNoCertificateOfAnOrderIsRejectedWithItsName() throws IOException {
    Files.writeString(files.resolve("README.txt"), "hello");
    Files.writeString(files.resolve("9.pem"), "hello");
    Files.writeString(files.resolve("99999999999999999999.pem"), "hello");
    Files.createDirectory(files.resolve("8.pem"));
    Files.createLink(files.resolve("7.pem"), cli.data().resolve("certcollect.sqlite"));
    Files.write(files.resolve("10.crt"), Fixtures.bytes("chain-3.pem"));
    Files.write(files.resolve("10.pem"), Fixtures.bytes("chain-2.pem"));
    Path rejects = folder.resolve("rejects");

    Run run = cli.run("", command("--rejects", rejects.toString()));

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).startsWith("Imported 1 record,").contains("rejected 6");
    String none =
        "\"reason\":\"its name is not an order number followed by one of"
            + " .pem, .crt, .cer, .der, .p7b, .p7c, .p7s, .p7\"}";
    assertThat(Files.readAllLines(rejects))
        .containsExactly(
            "{\"file\":\"99999999999999999999.pem\"," + none,
            "{\"file\":\"README.txt\"," + none,
            "{\"file\":\"7.pem\",\"number\":7,"
                + "\"reason\":\"\\\"7.pem\\\" is one of certcollect's own files\"}",
            "{\"file\":\"8.pem\",\"number\":8,\"reason\":\"it is not a file\"}",
            "{\"file\":\"9.pem\",\"number\":9,"
                + "\"reason\":\"9.pem: it is neither PEM nor DER of a certificate\"}",
            "{\"file\":\"10.pem\",\"number\":10,"
                + "\"reason\":\"order 10 already exists and differs in: certificates\"}");
  }

  @Test
  void rejectsDoNotGoAmongTheFiles() {
    Path rejects = files.resolve("rejects.jsonl");

    Run run = cli.run("", command("--rejects", rejects.toString()));

    assertThat(run.err()).contains(rejects + " would be part of the input the next time");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(rejects).doesNotExist();
  }

  @Test
  void folderNeedsAnAccountThatExistsAndAProduct() {
    assertThat(cli.run("", "import", files.toString()).exit()).isEqualTo(2);
    Run run = cli.run("", "import", files.toString(), "--account", "no", "--product", "ssl");
    assertThat(run.err()).contains("there is no account 'no'");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(cli.run("", "import", "-", "--account", "demo").exit()).isEqualTo(2);
  }

  private String[] command(String... more) {
    String[] first = {"import", files.toString(), "--account", "demo", "--product", "ssl"};
    String[] all = Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }
}
