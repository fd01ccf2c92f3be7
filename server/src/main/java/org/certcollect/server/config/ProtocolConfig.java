package org.certcollect.server.config;

/**
 * The settings for which the protocol leaves a choice.
 *
 * @param cccGet whether CollectCCC accepts GET as well as POST, as the live service did for years.
 *     Codes and passwords may then be part of URLs, which browsers and proxies store
 */
public record ProtocolConfig(boolean cccGet) {
  /** The default settings, which follow the specification to the letter. */
  public static final ProtocolConfig DEFAULT = new ProtocolConfig(false);
}
