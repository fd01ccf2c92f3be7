package org.certcollect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.certcollect.protocol.fixtures.Fixtures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command in locales that have digits, or an i, of their own. */
class LocaleProcessTest {
  @TempDir private Path folder;
  private Path temporary;

  @BeforeEach
  void makeFolder() throws IOException {
    temporary = Files.createDirectory(folder.resolve("tmp"));
  }

  /** Broke once: the password hash was stored with m=\u06F1\u06F9\u06F4\u06F5\u06F6. */
  @ParameterizedTest
  @ValueSource(strings = {"fa-IR", "tr-TR"})
  void whatProgramsReadIsWrittenInAsciiDigits(String locale) throws Exception {
    String data = "--data=" + folder.resolve("data");
    Path chain = Files.write(folder.resolve("chain.pem"), Fixtures.bytes("chain-3.pem"));
    Path password = Files.writeString(folder.resolve("password"), "secret");

    run(locale, data, "account", "add", "acme", "--ssl", "--password-file", password.toString());
    String added = run(locale, data, "order", "add", "--account", "acme", "--product", "ssl");
    assertThat(added).contains("1000001");
    run(locale, data, "order", "pay", "1000001");
    run(locale, data, "order", "issue", "1000001", "--certificate", chain.toString());
    assertThat(run(locale, data, "order", "list")).contains("1000001", "issued");

    Path export = folder.resolve("all.jsonl");
    run(locale, data, "export", "-o", export.toString());
    assertThat(Files.readString(export)).isASCII().contains("$argon2id$v=19$m=19456,t=2,p=1$");

    String copy = "--data=" + folder.resolve("copy");
    assertThat(run(locale, copy, "import", export.toString())).isASCII();
    try (ChildProcess server =
        start(
            locale,
            copy,
            "serve",
            "--https-port=0",
            "--http-port=0",
            "--set=listen.host=127.0.0.1")) {
      String url = server.await("https://");
      assertThat(url).matches("https://localhost:[0-9]+/products/download/CollectSSL");
      String form =
          "loginName=acme&orderNumber=1000001&queryType=0&showValidityPeriod=Y&loginPassword=";
      HttpsCaller caller = new HttpsCaller();
      assertThat(caller.post(url, form + "secret")).startsWith("1\n14/05/2026 13/05/2027");
      assertThat(caller.post(url, form + "wrong")).startsWith("-16\n");
      assertThat(server.terminate()).isZero();
      assertThat(server.err()).isASCII();
    }
  }

  @Test
  void theDemoPrintsAsciiDigits() throws Exception {
    try (ChildProcess demo = start("ar-EG", "demo", "--https-port=0", "--http-port=0")) {
      demo.await("curl");
      assertThat(demo.terminate()).isZero();
      assertThat(String.join("\n", demo.lines())).isASCII();
    }
  }

  /** Runs a verb that has to succeed; its results and messages. */
  private String run(String locale, String... arguments) throws Exception {
    try (ChildProcess child = start(locale, arguments)) {
      String all = String.join("\n", child.rest());
      assertThat(child.waitFor()).as(child.err()).isZero();
      return all + child.err();
    }
  }

  private ChildProcess start(String locale, String... arguments) throws IOException {
    Locale tag = Locale.forLanguageTag(locale);
    List<String> options =
        List.of("-Duser.language=" + tag.getLanguage(), "-Duser.country=" + tag.getCountry());
    return ChildProcess.start(temporary, options, arguments);
  }
}
