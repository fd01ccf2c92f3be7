package org.certcollect.cli.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.certcollect.admin.audit.AuditConfig;
import org.certcollect.server.config.AuthConfig;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.server.config.ListenConfig;
import org.certcollect.server.config.MailConfig;
import org.certcollect.server.config.ManagementConfig;
import org.certcollect.server.config.PageConfig;
import org.certcollect.server.config.ProtocolConfig;
import org.certcollect.server.config.ProxyConfig;
import org.certcollect.server.config.PushConfig;
import org.certcollect.server.config.ServerConfig;
import org.certcollect.server.config.TlsConfig;
import org.certcollect.server.config.TlsConfig.PemFiles;
import org.certcollect.server.config.TlsConfig.Pkcs11Key;
import org.certcollect.server.config.TlsConfig.Pkcs12File;
import org.certcollect.server.config.TlsConfig.TlsKeyFiles;
import org.certcollect.store.domain.MailKind;

/**
 * A complete and valid configuration.
 *
 * @param tls the TLS files; empty if the server creates a self-signed certificate
 * @param codesKey the file with the key of collection codes; empty for the one in the data folder
 * @param store the PostgreSQL database; empty for SQLite in the data folder
 * @param mail the e-mails that are sent; empty if none are
 * @param push how accounts are told of changes
 */
public record Configuration(
    ListenConfig listen,
    Optional<TlsConfig> tls,
    TlsConfig.Profile tlsProfile,
    LimitsConfig limits,
    AuthConfig auth,
    ProxyConfig proxy,
    ProtocolConfig protocol,
    PageConfig page,
    ManagementConfig management,
    AuditConfig audit,
    LogFormat logFormat,
    Optional<Path> codesKey,
    Optional<StoreConfig> store,
    Optional<MailConfig> mail,
    PushConfig push) {

  /**
   * The warnings about valid settings that the operator should look at, and about files of secrets
   * that they name and that every user of the machine may read. The files' modes are read anew with
   * each call.
   */
  public List<String> warnings() {
    Optional<String> off =
        mail.filter(own -> own.kinds().contains(MailKind.READY) && !page.enabled())
            .map(
                own ->
                    "page.enabled is false and mail.kinds has ready: the links in these e-mails"
                        + " need the page of another server");
    Stream<Optional<String>> ofSettings =
        Stream.of(store.flatMap(StoreConfig::warning), mail.flatMap(MailConfig::warning), off);
    return Stream.concat(ofSettings.flatMap(Optional::stream), SecretFiles.warnings(this)).toList();
  }

  public static Configuration of(Settings settings) {
    TlsConfig.Profile profile = settings.get(Keys.TLS_PROFILE);
    return new Configuration(
        new ListenConfig(
            settings.get(Keys.LISTEN_HOST),
            settings.get(Keys.HTTPS_PORT),
            settings.get(Keys.HTTP_PORT)),
        Optional.of(new TlsConfig(tlsFiles(settings), profile))
            .filter(tls -> !tls.files().isEmpty()),
        profile,
        new LimitsConfig(
            settings.get(Keys.CONNECTIONS),
            settings.get(Keys.HEADER_SIZE),
            settings.get(Keys.HEADER_DEADLINE),
            settings.get(Keys.BODY_DEADLINE),
            settings.get(Keys.IDLE_TIMEOUT),
            settings.get(Keys.DRAIN_DEADLINE)),
        new AuthConfig(
            settings.get(Keys.VERIFIED_ENTRIES),
            settings.get(Keys.VERIFIED_FOR),
            settings.get(Keys.GUESSES_PER_LOGIN),
            settings.get(Keys.GUESSES_PER_SOURCE),
            settings.get(Keys.AUTH_QUEUE)),
        new ProxyConfig(
            settings.find(Keys.PROXY_TRUSTED).orElse(List.of()), settings.get(Keys.PROXY_PROTOCOL)),
        new ProtocolConfig(
            settings.get(Keys.CCC_GET), settings.get(Keys.DIALECT), settings.get(Keys.CODE_91)),
        new PageConfig(
            settings.get(PageKeys.ENABLED),
            settings.find(PageKeys.OPERATOR),
            settings.file(PageKeys.LOGO),
            settings.find(PageKeys.CONTACT),
            settings.find(PageKeys.IMPRINT),
            settings.find(PageKeys.PRIVACY),
            settings.get(PageKeys.ASK_EMAIL),
            settings.find(PageKeys.HSTS)),
        new ManagementConfig(
            settings.get(Keys.MANAGEMENT_HOST),
            settings.get(Keys.MANAGEMENT_PORT),
            settings.get(Keys.MANAGEMENT_TLS),
            Optional.empty()),
        new AuditConfig(
            settings.find(Keys.NODE_NAME).orElseGet(HostName::asNode),
            settings.get(Keys.AUDIT_FILE_SIZE),
            settings.get(Keys.AUDIT_SYNC_INTERVAL),
            settings.get(Keys.AUDIT_HEAD_INTERVAL),
            settings.get(Keys.AUDIT_COLLECTS)),
        settings.get(Keys.LOG_FORMAT),
        settings.file(Keys.CODES_KEY_FILE),
        StoreConfig.of(settings),
        settings.find(Keys.MAIL_HOST).map(host -> mail(settings, host)),
        new PushConfig(
            settings.find(Keys.PUSH_NETWORKS).orElse(List.of()),
            settings.file(Keys.PUSH_TRUSTED),
            settings.get(Keys.PUSH_TIMEOUT),
            settings.get(Keys.PUSH_CONNECTIONS),
            settings.get(Keys.PUSH_RETRY_FOR)));
  }

  private static MailConfig mail(Settings settings, String host) {
    return new MailConfig(
        new MailConfig.Smtp(
            host,
            settings.find(Keys.MAIL_PORT).map(OptionalInt::of).orElseGet(OptionalInt::empty),
            settings.get(Keys.MAIL_TLS),
            settings.find(Keys.MAIL_USER),
            settings.file(Keys.MAIL_PASSWORD_FILE),
            settings.file(Keys.MAIL_TRUSTED),
            settings.get(Keys.MAIL_TIMEOUT)),
        settings.get(Keys.MAIL_FROM),
        settings.find(Keys.MAIL_FROM_NAME),
        settings.find(Keys.MAIL_REPLY_TO),
        settings.get(Keys.MAIL_KINDS),
        settings.get(Keys.MAIL_LANGUAGE),
        settings.file(Keys.MAIL_TEMPLATES),
        settings.find(Keys.MAIL_COLLECT_URL),
        settings.get(Keys.MAIL_CONNECTIONS));
  }

  private static List<TlsKeyFiles> tlsFiles(Settings settings) {
    Optional<Path> token = settings.file(TokenKeys.CONFIGURATION);
    if (token.isPresent()) {
      return List.of(
          new Pkcs11Key(
              token.get(),
              settings.get(TokenKeys.LABEL),
              settings.file(TokenKeys.PIN_FILE),
              settings.file(Keys.TLS_CERTIFICATE)));
    }
    Stream<TlsKeyFiles> pem =
        Stream.of(
                pem(settings, Keys.TLS_CERTIFICATE, Keys.TLS_KEY),
                pem(settings, Keys.TLS_ALT_CERTIFICATE, Keys.TLS_ALT_KEY))
            .flatMap(Optional::stream);
    Stream<TlsKeyFiles> keyStore =
        settings.file(Keys.TLS_KEYSTORE).stream()
            .map(file -> new Pkcs12File(file, settings.file(Keys.TLS_KEYSTORE_PASSWORD_FILE)));
    return Stream.concat(pem, keyStore).toList();
  }

  private static Optional<PemFiles> pem(Settings settings, Key<Path> certificate, Key<Path> key) {
    return settings
        .file(certificate)
        .flatMap(chain -> settings.file(key).map(file -> new PemFiles(chain, file)));
  }

  public ServerConfig server(TlsConfig usedTls) {
    return new ServerConfig(
        listen, usedTls, limits, auth, proxy, protocol, page, management, mail, push);
  }
}
