package org.certcollect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.certcollect.protocol.fixtures.Fixtures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command in locales that have digits, or an i, of their own. */
@Tag("drill")
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

    Path export = folder.resolve("all.jsonl");
    String copy = "--data=" + folder.resolve("copy");
    List<String> out =
        run(
            locale,
            data + " account add acme --ssl --allow-short --password-file " + password,
            data + " order add --account acme --product ssl",
            data + " order pay 1000001",
            data + " order issue 1000001 --certificate " + chain,
            data + " order list",
            data + " export -o " + export,
            copy + " import " + export);
    assertThat(out).anyMatch(line -> line.startsWith("order 1000001 awaits payment"));
    assertThat(out).anyMatch(line -> line.matches("1000001 .* issued .*"));
    assertThat(String.join("\n", out)).isASCII();
    assertThat(Files.readString(export)).isASCII().contains("$argon2id$v=19$m=19456,t=2,p=1$");

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
    try (ChildProcess demo =
        start("ar-EG", "demo", "--https-port=0", "--http-port=0", "--management-port=0")) {
      demo.await("curl");
      assertThat(demo.terminate()).isZero();
      assertThat(String.join("\n", demo.lines())).isASCII();
    }
  }

  /** Runs command lines in one JVM, all of which have to succeed; their results and messages. */
  private List<String> run(String locale, String... lines) throws Exception {
    try (ChildProcess child = ChildProcess.start(Runs.class, temporary, options(locale), lines)) {
      List<String> all = new ArrayList<>(child.rest());
      assertThat(child.waitFor()).as(child.err()).isZero();
      all.addAll(child.err().lines().toList());
      return all;
    }
  }

  /** Runs each argument as a command line, in the locale of the JVM, until one fails. */
  static final class Runs {
    private Runs() {}

    public static void main(String[] lines) {
      Locale locale = Locale.getDefault();
      for (String line : lines) {
        Locale.setDefault(locale);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int exit = Main.run(line.split(" "), err, false);
        if (exit != 0) {
          System.exit(exit);
        }
      }
      System.exit(0);
    }
  }

  private ChildProcess start(String locale, String... arguments) throws IOException {
    return ChildProcess.start(temporary, options(locale), arguments);
  }

  private static List<String> options(String locale) {
    Locale tag = Locale.forLanguageTag(locale);
    return List.of("-Duser.language=" + tag.getLanguage(), "-Duser.country=" + tag.getCountry());
  }
}
