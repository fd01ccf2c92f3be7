package org.certcollect.server.config;

/** All settings of a server. */
public record ServerConfig(
    ListenConfig listen,
    TlsConfig tls,
    LimitsConfig limits,
    AuthConfig auth,
    ProxyConfig proxy,
    ProtocolConfig protocol,
    PageConfig page,
    ManagementConfig management) {

  public ServerConfig with(ManagementConfig other) {
    return new ServerConfig(listen, tls, limits, auth, proxy, protocol, page, other);
  }

  public ServerConfig with(PageConfig other) {
    return new ServerConfig(listen, tls, limits, auth, proxy, protocol, other, management);
  }

  /** The settings of a server with the page for people, and without a management listener. */
  public ServerConfig(
      ListenConfig listen,
      TlsConfig tls,
      LimitsConfig limits,
      AuthConfig auth,
      ProxyConfig proxy,
      ProtocolConfig protocol) {
    this(listen, tls, limits, auth, proxy, protocol, PageConfig.DEFAULT, ManagementConfig.OFF);
  }
}
