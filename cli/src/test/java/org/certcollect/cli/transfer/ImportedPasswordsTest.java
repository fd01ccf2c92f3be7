package org.certcollect.cli.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;
import org.certcollect.admin.DataFolder;
import org.certcollect.admin.PasswordHasher;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.PasswordHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts that come with the passwords of another system. */
class ImportedPasswordsTest {
  private static final String BCRYPT =
      "$2y$10$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

  @TempDir private Path folder;

  @Test
  void passwordInClearNeedsAFileThatNobodyElseMayRead() throws IOException {
    Cli cli = new Cli(folder.resolve("data"));
    Path file = file(account("\"password\":\"a-long-secret\""));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    Run open = cli.run("import " + file);
    assertThat(open.exit()).isEqualTo(1);
    assertThat(open.err()).contains("chmod 600 it").doesNotContain("a-long-secret");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(cli.run("import " + file).out()).startsWith("Imported 1 record");
    assertThat(cli.run("import " + file).out()).startsWith("Imported 0 records, skipped 1");
    String undated = Files.readString(file).replaceFirst("\"created\":\"[^\"]*\",", "");
    Files.writeString(file, undated + undated.lines().toList().get(1).replace("acme", "beta"));
    assertThat(cli.run("import " + file).out()).startsWith("Imported 1 record, skipped 1");
    assertThat(cli.run("import " + file).out()).startsWith("Imported 0 records, skipped 2");
    assertThat(cli.run("export").out())
        .contains("\"passwordHash\":\"$argon2id$v=19$m=19456,")
        .doesNotContain("a-long-secret");
  }

  @Test
  void shortPasswordInClearIsRejectedUnlessItIsAllowed() throws IOException {
    Cli cli = new Cli(folder.resolve("data"));
    Path file = file(account("\"password\":\"short-one\""));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    assertThat(cli.run("import " + file).err())
        .contains("the password must have 12 to 128 characters, or fewer with --allow-short: give")
        .doesNotContain("short-one");
    assertThat(cli.run("import --allow-short " + file).exit()).isZero();
  }

  @Test
  void bcryptHashIsTakenAndAnUnknownOneIsNot() throws IOException {
    Cli cli = new Cli(folder.resolve("data"));
    assertThat(cli.run("import " + file(account("\"passwordHash\":\"" + BCRYPT + "\""))).exit())
        .isZero();
    assertThat(cli.run("export").out()).contains(BCRYPT);
    for (String hash : new String[] {BCRYPT.replace("$10$", "$16$"), "$1$abc$def", "plain"}) {
      assertThat(cli.run("import " + file(account("\"passwordHash\":\"" + hash + "\""))).err())
          .contains("passwordHash is not an argon2id PHC string", "bcrypt");
    }
    assertThat(cli.run("import " + file(account("\"enabled\":true"))).err())
        .contains("it must have either passwordHash or password");
  }

  /** The customer may have changed the password in the other system since the first import. */
  @Test
  void importAgainKnowsAHashThatALoginReplacedAndRefusesAnotherByName() throws IOException {
    Cli cli = new Cli(folder.resolve("data"));
    Path first = file(account("\"passwordHash\":\"" + BCRYPT + "\""));
    cli.done("import " + first);
    try (Store store = new DataFolder(cli.data()).openOrCreate(Clock.systemUTC())) {
      PasswordHash better = new PasswordHasher().hash("U*U");
      store.accounts().rehash("acme", new PasswordHash(BCRYPT), better, new Actor("certcollect"));
    }
    assertThat(cli.run("import " + first).out()).startsWith("Imported 0 records, skipped 1");

    Run changed =
        cli.run("import " + file(account("\"passwordHash\":\"" + BCRYPT.replace('E', 'F') + "\"")));
    assertThat(changed.exit()).isEqualTo(1);
    assertThat(changed.err()).contains("acme", "already exists and differs in: password");
  }

  @Test
  void noPasswordAndNoHashIsWrittenAnywhereButIntoTheStore() throws IOException {
    Cli cli = new Cli(folder.resolve("data"));
    String canary = "Kanarie-Password";
    String lines =
        account("\"password\":\"" + canary + "\"")
            + account("\"password\":\"" + canary + "2\"")
            + account("\"password\":\"Kanarie\"").replace("acme", "beta")
            + account("\"password\":7,\"x\":\"" + canary + "\"").replace("acme", "gamma")
            + account("\"passwordHash\":\"" + BCRYPT + "\"").replace("acme", "delta")
            + account("\"passwordHash\":\"" + BCRYPT + "Kanarie\"").replace("acme", "epsilon")
            + "{\"type\":\"account\",\"password\":\""
            + canary;
    Path file = file(lines);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    StringBuilder told = new StringBuilder();
    for (String more : new String[] {" --dry-run", "", " --json"}) {
      Run run = cli.run("import " + file + more);
      told.append(run.out()).append(run.err());
    }
    for (String verb :
        new String[] {"account show acme", "account list --json", "events", "audit show --json"}) {
      told.append(cli.run(verb).out());
    }
    assertThat(told).contains("delta").doesNotContain("Kanarie", "$2y$1", "$argon2");
    try (Stream<Path> files = Files.walk(cli.data())) {
      for (Path written : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(written, ISO_8859_1))
            .as("%s", written)
            .doesNotContain("Kanarie");
      }
    }
  }

  @Test
  void oldPasswordMovesWithItsAccount() {
    Cli cli = new Cli(folder.resolve("data"));
    cli.done("account add acme --ssl");
    Run changed = cli.run("account password acme --keep-old-for 7d");
    assertThat(changed.out()).contains("; the old one is valid until ");
    assertThat(cli.run("account show acme --json").field("oldPasswordUntil")).startsWith("20");
    Cli later = new Cli(cli.data(), Clock.offset(Clock.systemUTC(), Duration.ofDays(8)));
    assertThat(later.run("account show acme --json").fields())
        .doesNotContainKey("oldPasswordUntil");
    String export = cli.run("export").out();
    Cli other = new Cli(folder.resolve("other"));
    assertThat(other.run(export, "import", "-").exit()).isZero();
    assertThat(other.run("export").out()).isEqualTo(export).contains("oldPasswordHash");
    assertThat(cli.run("account password acme --end-old").out())
        .isEqualTo("account acme has one password\n");
    assertThat(cli.run("export").out()).doesNotContain("oldPasswordHash");
    assertThat(cli.run("account password acme --end-old --keep-old-for 1d").exit()).isEqualTo(2);
    assertThat(cli.run("account password acme --keep-old-for 400d").exit()).isEqualTo(2);
  }

  @Test
  void shortPasswordIsRefusedUnlessItIsAllowed() {
    Cli cli = new Cli(folder.resolve("data"));
    String[] add = {"account", "add", "acme", "--password-stdin"};
    Run refused = cli.run("elevenchars", add);
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err())
        .isEqualTo(
            "certcollect: the password has fewer than 12 characters; give a longer one, or take it"
                + " all the same with --allow-short\n");
    assertThat(cli.run("twelve-chars", add).exit()).isZero();
    assertThat(
            cli.run("short", "account", "password", "acme", "--password-stdin", "--allow-short")
                .exit())
        .isZero();
  }

  private Path file(String line) throws IOException {
    return Files.writeString(
        folder.resolve("accounts.jsonl"), "{\"format\":\"certcollect\",\"version\":2}\n" + line);
  }

  private static String account(String more) {
    return "{\"type\":\"account\",\"login\":\"acme\",\"created\":\"2020-01-01T00:00:00Z\","
        + more
        + "}\n";
  }
}
