package org.certcollect.server.config;

/**
 * Where the protocol leaves a choice.
 *
 * @param cccGet whether CollectCCC takes GET as well as POST, as the live service did for years;
 *     codes and passwords may then stand in URLs, which browsers and proxies keep
 */
public record ProtocolConfig(boolean cccGet) {
  /** The specification to the letter. */
  public static final ProtocolConfig DEFAULT = new ProtocolConfig(false);
}
