package org.certcollect.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.certcollect.admin.audit.AuditConfig;
import org.certcollect.server.config.AuthConfig;
import org.certcollect.server.config.CollectDialect;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.server.config.ListenConfig;
import org.certcollect.server.config.MailConfig;
import org.certcollect.server.config.ManagementConfig;
import org.certcollect.server.config.PageConfig;
import org.certcollect.server.config.ProtocolConfig;
import org.certcollect.server.config.ProxyConfig;
import org.certcollect.server.config.PushConfig;
import org.certcollect.server.config.TlsConfig;
import org.certcollect.server.config.TlsConfig.PemFiles;
import org.certcollect.server.config.TlsConfig.Pkcs12File;
import org.certcollect.store.domain.MailAddress;
import org.certcollect.store.domain.MailKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamesTest {
  @TempDir private Path folder;
  private final Map<String, String> values = new TreeMap<>();

  @BeforeEach
  void setEveryKey() throws IOException {
    Files.writeString(folder.resolve("c.pem"), "");
    Files.writeString(folder.resolve("k.pem"), "");
    Files.writeString(folder.resolve("codes"), "");
    values.put("listen.host", "::1");
    values.put("https.port", "443");
    values.put("http.port", "off");
    values.put("tls.certificate", folder.resolve("c.pem").toString());
    values.put("tls.key", folder.resolve("k.pem").toString());
    values.put("tls.alt-certificate", folder.resolve("c.pem").toString());
    values.put("tls.alt-key", folder.resolve("k.pem").toString());
    values.put("tls.keystore", folder.resolve("k.pem").toString());
    values.put("tls.keystore-password-file", folder.resolve("password").toString());
    values.put("tls.profile", "modern");
    values.put("limits.connections", "7");
    values.put("limits.header-size", "8KiB");
    values.put("limits.header-deadline", "1s");
    values.put("limits.body-deadline", "2s");
    values.put("limits.idle-timeout", "3m");
    values.put("limits.drain-deadline", "500ms");
    values.put("auth.verified-entries", "8");
    values.put("auth.verified-for", "1h");
    values.put("auth.guesses-per-login", "30");
    values.put("auth.guesses-per-source", "40");
    values.put("auth.queue", "9");
    values.put("proxy.trusted", "10.0.0.0/8, ::1");
    values.put("proxy.protocol", "true");
    values.put("collect.ccc-get", "true");
    values.put("collect.dialect", "1.22");
    values.put("collect.code-91", "true");
    values.put("page.enabled", "false");
    values.put("page.operator", "Example");
    values.put("page.logo", Files.writeString(folder.resolve("logo.svg"), "").toString());
    values.put("page.contact", "help@example.com");
    values.put("page.imprint", "https://example.com/imprint");
    values.put("page.privacy", "https://example.com/privacy");
    values.put("page.ask-email", "true");
    values.put("page.hsts", "365d");
    values.put("management.host", "192.0.2.1");
    values.put("management.port", "9443");
    values.put("management.tls", "true");
    values.put("node.name", "north-1");
    values.put("audit.file-size", "2MiB");
    values.put("audit.sync-interval", "0s");
    values.put("audit.head-interval", "5m");
    values.put("audit.collects", "false");
    values.put("log.format", "json");
    values.put("codes.key-file", folder.resolve("codes").toString());
    Files.writeString(folder.resolve("password"), "");
    values.put("store.url", "jdbc:postgresql://db/certcollect");
    values.put("store.user", "collector");
    values.put("store.password-file", folder.resolve("password").toString());
    values.put("store.pool-size", "11");
    values.put("store.deadline", "4s");
    values.put("mail.host", "192.0.2.2");
    values.put("mail.port", "26");
    values.put("mail.tls", "implicit");
    values.put("mail.trusted-certificates", folder.resolve("c.pem").toString());
    values.put("mail.user", "sender");
    values.put("mail.password-file", folder.resolve("password").toString());
    values.put("mail.timeout", "5s");
    values.put("mail.connections", "3");
    values.put("mail.from", "ca@example.com");
    values.put("mail.from-name", "Example CA");
    values.put("mail.reply-to", "help@example.com");
    values.put("mail.kinds", "placed, ready");
    values.put("mail.language", "de");
    values.put("mail.templates", folder.toString());
    values.put("mail.collect-url", "https://certs.example.com/collect");
    values.put("push.networks", "10.0.0.0/8, fd00::/8");
    values.put("push.trusted-certificates", folder.resolve("c.pem").toString());
    values.put("push.timeout", "6s");
    values.put("push.connections", "12");
    values.put("push.retry-for", "2h");
  }

  @Test
  void eachKeyOfTheFileSetsWhatItNames() throws IOException {
    Path file = folder.resolve("all.properties");
    Files.write(
        file, values.entrySet().stream().map(e -> e.getKey() + " = " + e.getValue()).toList());

    assertAllSet(
        new ConfigurationReader(Map.of(), folder, Optional.of(file)).readToServe(List.of()));
  }

  @Test
  void eachKeyHasAnEnvironmentVariable() {
    Map<String, String> environment = new TreeMap<>();
    values.forEach(
        (name, value) ->
            environment.put(
                "CERTCOLLECT_" + name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value));

    assertAllSet(
        new ConfigurationReader(environment, folder, Optional.empty()).readToServe(List.of()));
  }

  @Test
  void noKeyIsForgottenHere() {
    assertThat(Keys.TABLE.keys().stream().<String>map(Key::name))
        // The one that a file may not hold: StorePasswordTest.
        .filteredOn(name -> !name.equals("store.password"))
        // Those that exclude others: TokenSettingsTest.
        .filteredOn(name -> !name.startsWith("tls.pkcs11-"))
        .containsExactlyInAnyOrderElementsOf(values.keySet());
  }

  @Test
  void noTwoKeysShareAnEnvironmentVariable() {
    assertThat(Keys.TABLE.keys().stream().<String>map(Key::variable)).doesNotHaveDuplicates();
  }

  private void assertAllSet(Configuration configuration) {
    assertThat(configuration)
        .isEqualTo(
            new Configuration(
                new ListenConfig("::1", 443, OptionalInt.empty()),
                Optional.of(
                    new TlsConfig(
                        List.of(
                            new PemFiles(folder.resolve("c.pem"), folder.resolve("k.pem")),
                            new PemFiles(folder.resolve("c.pem"), folder.resolve("k.pem")),
                            new Pkcs12File(
                                folder.resolve("k.pem"), Optional.of(folder.resolve("password")))),
                        TlsConfig.Profile.MODERN)),
                TlsConfig.Profile.MODERN,
                new LimitsConfig(
                    7,
                    8 * 1024,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    Duration.ofMinutes(3),
                    Duration.ofMillis(500)),
                new AuthConfig(8, Duration.ofHours(1), 30, 40, 9),
                new ProxyConfig(List.of("10.0.0.0/8", "::1"), true),
                new ProtocolConfig(true, CollectDialect.V1_22, true),
                new PageConfig(
                    false,
                    Optional.of("Example"),
                    Optional.of(folder.resolve("logo.svg")),
                    Optional.of("help@example.com"),
                    Optional.of("https://example.com/imprint"),
                    Optional.of("https://example.com/privacy"),
                    true,
                    Optional.of(Duration.ofDays(365))),
                new ManagementConfig("192.0.2.1", OptionalInt.of(9443), true, Optional.empty()),
                new AuditConfig("north-1", 2 << 20, Duration.ZERO, Duration.ofMinutes(5), false),
                LogFormat.JSON,
                Optional.of(folder.resolve("codes")),
                Optional.of(
                    new StoreConfig(
                        "jdbc:postgresql://db/certcollect",
                        "collector",
                        Optional.of(folder.resolve("password")),
                        Optional.empty(),
                        11,
                        Duration.ofSeconds(4))),
                Optional.of(
                    new MailConfig(
                        new MailConfig.Smtp(
                            "192.0.2.2",
                            OptionalInt.of(26),
                            MailConfig.Security.IMPLICIT,
                            Optional.of("sender"),
                            Optional.of(folder.resolve("password")),
                            Optional.of(folder.resolve("c.pem")),
                            Duration.ofSeconds(5)),
                        new MailAddress("ca@example.com"),
                        Optional.of("Example CA"),
                        Optional.of(new MailAddress("help@example.com")),
                        EnumSet.of(MailKind.PLACED, MailKind.READY),
                        "de",
                        Optional.of(folder),
                        Optional.of("https://certs.example.com/collect"),
                        3)),
                new PushConfig(
                    List.of("10.0.0.0/8", "fd00::/8"),
                    Optional.of(folder.resolve("c.pem")),
                    Duration.ofSeconds(6),
                    12,
                    Duration.ofHours(2))));
  }
}
