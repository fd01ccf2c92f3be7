package org.certcollect.server.config;

/** All settings of a server. */
public record ServerConfig(
    ListenConfig listen,
    TlsConfig tls,
    LimitsConfig limits,
    AuthConfig auth,
    ProxyConfig proxy,
    ProtocolConfig protocol) {}
