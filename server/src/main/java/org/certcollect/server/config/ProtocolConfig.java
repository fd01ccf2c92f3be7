package org.certcollect.server.config;

/**
 * The settings for which the protocol leaves a choice.
 *
 * @param cccGet whether CollectCCC accepts GET as well as POST, as the live service did for years.
 *     Codes and passwords may then be part of URLs, which browsers and proxies store
 * @param dialect the version of the protocol
 * @param code91 whether a right login whose account may not use the endpoint is answered with -91,
 *     which 1.06 does not have. That tells a guesser that the password is right
 */
public record ProtocolConfig(boolean cccGet, CollectDialect dialect, boolean code91) {
  /** The default settings, which follow the specification to the letter. */
  public static final ProtocolConfig DEFAULT =
      new ProtocolConfig(false, CollectDialect.V1_06, false);

  public ProtocolConfig {
    if (code91 && dialect == CollectDialect.V1_06) {
      throw new IllegalArgumentException("1.06 has no code -91");
    }
  }
}
