package org.certcollect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.certcollect.cli.Cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret that a verb was given or made shows where it is meant to, and nowhere else. */
class SecretsTest {
  private static final String CANARY = "canary-9f8e7d6c";

  @TempDir private Path folder;

  @Test
  void givenPasswordIsNeverPrinted() throws Exception {
    Cli cli = new Cli(folder.resolve("data"));
    Path file = Files.writeString(folder.resolve("password"), CANARY);
    for (String options : List.of("", " --json", " --debug")) {
      String login = "a" + options.strip();
      for (String line :
          List.of(
              "account add %s --allow-short --password-file %s"
                  .formatted(login.replace("--", ""), file),
              "account add %s --allow-short --password-file %s"
                  .formatted(login.replace("--", ""), file),
              "account password %s --allow-short --password-file %s"
                  .formatted(login.replace("--", ""), file),
              "account password nobody --allow-short --password-file " + file)) {
        Run run = cli.run(line + options);
        assertThat(run.out() + run.err()).as(line).isNotEmpty().doesNotContain(CANARY);
      }
    }
    assertNotStored(cli, CANARY);
  }

  @Test
  void madePasswordIsPrintedOnceAndOnlyAsTheResult() throws Exception {
    Cli cli = new Cli(folder.resolve("data"));
    Run add = cli.run("account add acme --debug");
    String password = add.after("password");

    assertThat(add.out().split(password, -1)).hasSize(2);
    assertThat(add.err()).doesNotContain(password);
    for (String line : List.of("account show acme --json", "account list")) {
      assertThat(cli.run(line).out()).doesNotContain(password);
    }
    assertNotStored(cli, password);
  }

  @Test
  void collectionCodeIsPrintedOnceAndOnlyAsTheResult() throws Exception {
    Cli cli = new Cli(folder.resolve("data"));
    cli.done("account add acme --ccc");
    Run add = cli.run("order add --account acme --product ccc --number 5 --debug");
    String code = add.after("code");

    assertThat(add.out().split(code, -1)).hasSize(2);
    assertThat(add.err()).doesNotContain(code);
    for (String line : List.of("order show 5 --json", "order show 5", "order list --json")) {
      assertThat(cli.run(line).out()).doesNotContain(code);
    }
    assertNotStored(cli, code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://127.0.0.1:1/c?sslkey=k&sslpassword=" + CANARY,
        "jdbc:postgresql://127.0.0.1:1/c?user=u&password=" + CANARY,
        "postgresql://user:" + CANARY + "@127.0.0.1:1/c"
      })
  void passwordInTheUrlOfTheStoreIsNeverPrinted(String url) {
    Cli cli =
        new Cli(folder.resolve("data"))
            .with("CERTCOLLECT_STORE_URL", url)
            .with("CERTCOLLECT_STORE_USER", "u")
            .with("CERTCOLLECT_STORE_DEADLINE", "1s");
    for (String line :
        List.of("config show", "config show --json", "config check", "account list --debug")) {
      Run run = cli.run(line);
      assertThat(run.out() + run.err()).as(line).isNotEmpty().doesNotContain(CANARY);
    }
  }

  private static void assertNotStored(Cli cli, String secret) throws Exception {
    try (var files = Files.walk(cli.data()).filter(Files::isRegularFile)) {
      for (Path file : files.toList()) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(content.contains(secret)).as(file.toString()).isFalse();
      }
    }
  }
}
