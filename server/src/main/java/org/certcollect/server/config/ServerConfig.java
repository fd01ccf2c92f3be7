package org.certcollect.server.config;

/** All settings of a server. */
public record ServerConfig(
    ListenConfig listen,
    TlsConfig tls,
    LimitsConfig limits,
    AuthConfig auth,
    ProxyConfig proxy,
    ProtocolConfig protocol,
    ManagementConfig management) {

  public ServerConfig with(ManagementConfig other) {
    return new ServerConfig(listen, tls, limits, auth, proxy, protocol, other);
  }

  /** The settings of a server without a management listener. */
  public ServerConfig(
      ListenConfig listen,
      TlsConfig tls,
      LimitsConfig limits,
      AuthConfig auth,
      ProxyConfig proxy,
      ProtocolConfig protocol) {
    this(listen, tls, limits, auth, proxy, protocol, ManagementConfig.OFF);
  }
}
