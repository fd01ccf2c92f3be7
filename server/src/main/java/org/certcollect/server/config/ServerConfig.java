package org.certcollect.server.config;

import java.util.Optional;

/**
 * All settings of a server.
 *
 * @param mail the e-mails that it sends; empty if it sends none
 * @param push how it tells accounts of changes
 */
public record ServerConfig(
    ListenConfig listen,
    TlsConfig tls,
    LimitsConfig limits,
    AuthConfig auth,
    ProxyConfig proxy,
    ProtocolConfig protocol,
    PageConfig page,
    ManagementConfig management,
    Optional<MailConfig> mail,
    PushConfig push) {

  public ServerConfig with(ManagementConfig other) {
    return new ServerConfig(listen, tls, limits, auth, proxy, protocol, page, other, mail, push);
  }

  public ServerConfig with(PageConfig other) {
    return new ServerConfig(
        listen, tls, limits, auth, proxy, protocol, other, management, mail, push);
  }

  public ServerConfig with(PushConfig other) {
    return new ServerConfig(
        listen, tls, limits, auth, proxy, protocol, page, management, mail, other);
  }

  /** The settings of a server with the page for people, without management and e-mails. */
  public ServerConfig(
      ListenConfig listen,
      TlsConfig tls,
      LimitsConfig limits,
      AuthConfig auth,
      ProxyConfig proxy,
      ProtocolConfig protocol) {
    this(
        listen,
        tls,
        limits,
        auth,
        proxy,
        protocol,
        PageConfig.DEFAULT,
        ManagementConfig.OFF,
        Optional.empty(),
        PushConfig.DEFAULT);
  }
}
