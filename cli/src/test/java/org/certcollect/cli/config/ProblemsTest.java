package org.certcollect.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProblemsTest {
  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @Test
  void allProblemsAreReportedAtOnceEachWithKeyValueOriginAndWhatIsAllowed() throws IOException {
    write("# a comment", "", "https.port = 70000", "tls.profile=old", "limits.idle-timeout = 5");
    environment.put("CERTCOLLECT_HTTP_PORT", "on");
    environment.put("CERTCOLLECT_PROXY_TRUSTED", "10.0.0.0/33");

    assertThat(problems())
        .containsExactly(
            file() + ":3: https.port = 70000 is invalid: expected a number from 0 to 65535",
            file() + ":4: tls.profile = old is invalid: expected intermediate, modern",
            file()
                + ":5: limits.idle-timeout = 5 is invalid: expected a time such as 10s or 5m, from"
                + " 100ms to 1h",
            "environment CERTCOLLECT_HTTP_PORT: http.port = on is invalid: expected a number from 0"
                + " to 65535, or off",
            "environment CERTCOLLECT_PROXY_TRUSTED: proxy.trusted = 10.0.0.0/33 is invalid:"
                + " expected addresses or networks such as 10.0.0.0/8, with commas between");
  }

  @Test
  void unknownKeyIsAProblemAndACloseOneIsNamed() throws IOException {
    write("http.prot = 80", "colour = red");
    environment.put("CERTCOLLECT_HTTPS_PROT", "443");

    assertThat(problems())
        .containsExactlyInAnyOrder(
            file() + ":1: there is no key http.prot; did you mean http.port?",
            file() + ":2: there is no key colour; `certcollect config show` lists those that exist",
            "environment CERTCOLLECT_HTTPS_PROT: no key has this variable; did you mean"
                + " CERTCOLLECT_HTTPS_PORT?");
  }

  @Test
  void variablesOfTheLauncherAndOfKubernetesAreNoKeys() {
    for (String variable :
        List.of(
            "CERTCOLLECT_DATA",
            "CERTCOLLECT_JAVA",
            "CERTCOLLECT_JAVA_OPTS",
            "CERTCOLLECT_DEBUG",
            "CERTCOLLECT_SERVICE_HOST",
            "CERTCOLLECT_SERVICE_PORT_HTTPS",
            "CERTCOLLECT_PORT",
            "CERTCOLLECT_PORT_8443_TCP_ADDR",
            "OTHER_VARIABLE")) {
      environment.put(variable, "x");
    }

    assertThat(reader(Keys.TABLE).read()).isNotNull();
  }

  @Test
  void removedKeySaysWhatToDoInstead() throws IOException {
    KeyTable table = new KeyTable(Keys.TABLE.keys(), Map.of("ssl.port", "use https.port instead"));
    write("ssl.port = 443");
    environment.put("CERTCOLLECT_SSL_PORT", "443");

    assertThat(problems(reader(table)))
        .containsExactly(
            file() + ":1: ssl.port was removed: use https.port instead",
            "environment CERTCOLLECT_SSL_PORT: ssl.port was removed: use https.port instead");
  }

  @Test
  void secretValueIsMasked() throws IOException {
    Type<Integer> number = Type.number(1, 5);
    KeyTable table =
        new KeyTable(
            List.of(Key.of("a.secret", number, "", "", "a secret").masked(value -> "********")),
            Map.of());
    write("a.secret = hunter2");

    assertThat(problems(reader(table)))
        .containsExactly(
            file() + ":1: a.secret = ******** is invalid: expected a number from 1 to 5");
    write("a.secret = 3");
    assertThat(reader(table).settings(List.of()).shown().get(0).value()).contains("********");
  }

  @Test
  void certificateWithoutAKeyIsAProblemAndSoAreTwoListenersOnOnePort() throws IOException {
    write("tls.certificate = " + folder.resolve("c.pem"), "http.port = 8443");
    Files.writeString(folder.resolve("c.pem"), "");

    assertThat(problems())
        .containsExactly(
            file() + ":1: tls.certificate is set and tls.key is not: set both or none",
            file() + ":2: http.port and https.port are both 8443: give each its own port");
  }

  @Test
  void aPortOfTheProtocolMustNotBeTheManagementPortOnTheSameAddress() throws IOException {
    String clash = file() + ":1: management.port and ";
    String advice = " are the same on the same address: give each its own port";
    write("management.port = 8443", "listen.host = 0.0.0.0");
    assertThat(problems()).containsExactly(clash + "https.port" + advice);
    write("management.port = 81", "http.port = 81", "listen.host = 127.0.0.1");
    assertThat(problems()).containsExactly(clash + "http.port" + advice);
    write("management.port = 8443", "listen.host = 192.0.2.1");
    assertThat(reader(Keys.TABLE).readToServe(List.of())).as("their own addresses").isNotNull();
    write("management.port = 0", "https.port = 0");
    assertThat(reader(Keys.TABLE).readToServe(List.of())).as("two free ports").isNotNull();
  }

  @Test
  void code91NeedsTheDialectThatHasIt() throws IOException {
    write("collect.code-91 = true");
    assertThat(problems())
        .containsExactly(
            file()
                + ":1: collect.code-91 is on and collect.dialect is 1.06, which has no code -91:"
                + " set it to 1.22");
  }

  @Test
  void logoNeedsTheNameThatItStandsFor() throws IOException {
    write("page.logo = logo.svg");
    assertThat(problems())
        .contains(
            file()
                + ":1: page.logo is set and page.operator is not: set it to the name that the logo"
                + " stands for, for people who cannot see it");
  }

  @Test
  void databaseWithoutAUserNamesTheKey() throws IOException {
    write("store.url = jdbc:postgresql://db/certcollect");
    assertThat(problems()).containsExactly(file() + ":1: the user is missing: set store.user");
  }

  @Test
  void filesMustBeThereForWhoServesAlone() throws IOException {
    write("tls.certificate = c.pem", "tls.key = k.pem");
    Files.writeString(folder.resolve("c.pem"), "");

    assertThat(reader(Keys.TABLE).read()).isNotNull();
    assertThat(problems())
        .containsExactly(
            "%s:2: tls.key: %s does not exist".formatted(file(), folder.resolve("k.pem")));
  }

  @Test
  void lineThatIsNoneAndAKeySetTwiceAreProblems() throws IOException {
    write("https.port 443", "http.port = 1", "http.port = 2");

    assertThat(problems())
        .containsExactly(
            file() + ":1: the line is not of the form key = value",
            file() + ":3: http.port is already set at " + file() + ":2: keep one of them");
  }

  @Test
  void namedFileMustBeThere() {
    environment.put("CERTCOLLECT_CONFIG", folder.resolve("none").toString());
    assertThat(problems()).singleElement().asString().contains("none does not exist");
  }

  private List<String> problems() {
    return problems(reader(Keys.TABLE));
  }

  private static List<String> problems(ConfigurationReader reader) {
    ConfigurationException problem =
        catchThrowableOfType(ConfigurationException.class, () -> reader.readToServe(List.of()));
    return problem.getMessage().lines().toList();
  }

  private ConfigurationReader reader(KeyTable table) {
    return new ConfigurationReader(table, environment, folder, Optional.empty());
  }

  private Path file() {
    return folder.resolve("certcollect.properties");
  }

  private void write(String... lines) throws IOException {
    Files.write(file(), List.of(lines));
  }
}
