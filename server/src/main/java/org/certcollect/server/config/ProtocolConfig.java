package org.certcollect.server.config;

/**
 * The settings for which the protocol leaves a choice.
 *
 * @param cccGet whether CollectCCC accepts GET as well as POST, as the live service did for years.
 *     Codes and passwords may then be part of URLs, which browsers and proxies store
 * @param dialect the version of the protocol
 */
public record ProtocolConfig(boolean cccGet, CollectDialect dialect) {
  /** The default settings, which follow the specification to the letter. */
  public static final ProtocolConfig DEFAULT = new ProtocolConfig(false, CollectDialect.V1_06);
}
