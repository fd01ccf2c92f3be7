package org.certcollect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.certcollect.cli.Cli.Run;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageMessagesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '"',
      value = {
        "order list --limit x # --limit: 'x' is not a number in the digits 0 to 9",
        "order list --limit # --limit needs a value: --limit N",
        "order list --data --csv # --data needs a value: --data DIR",
        "order list --limit 1 --limit 2 # --limit is given more than once: give it once",
        "order list --csv=yes # --csv: it takes no value",
        "order list --foo # there is no option '--foo'",
        "order list --jsn # there is no option '--jsn': did you mean --json?",
        "order list --dta /x # there is no option '--dta': did you mean --data?",
        "order show --dta /x 5 # there is no option '--dta': did you mean --data?",
        "order add --acount x --product ssl # there is no option '--acount': did you mean"
            + " --account?",
        "order list --stat=secret # there is no option '--stat': did you mean --state?",
        "order list --foo --jsn 5 # there is no option '--foo', '--jsn': did you mean --json?",
        "account add acme --pasword-file x # there is no option '--pasword-file': did you mean"
            + " --password-file?",
        "order list --expiring-within 3 # --expiring-within: '3' is not a time like 1y, 30d, 12h,"
            + " 10m or 5s",
        "order add --account x # --product ssl|ccc is missing",
        "order add # --account LOGIN and --product ssl|ccc are missing",
        "order add --account x --product y # --product: 'y' is not one of ssl, ccc",
        "order show # N is missing",
        "order show x # N: 'x' is not a number in the digits 0 to 9",
        "order show 5 6 # unexpected: '6'",
        "order validation 5 --step dcv # --step: 'dcv' is not of the form STEP=PROGRESS",
        "serve --set x # --set: 'x' is not of the form KEY=VALUE",
        "order # no verb is given",
        "collect 5 --format x # --format: 'x' is not one of pem, pkcs7, netscape, zip",
        "collect 5 --url ^^ # --url: it is not a URL like https://collect.example.com",
      })
  void wrongUsageIsToldInPlainEnglish(String commandLine, String message) {
    Run run = new Cli(folder).run(commandLine);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("certcollect: " + message + "\nSee `certcollect ");
  }
}
