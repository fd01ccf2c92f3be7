package org.certcollect.server.http;

import java.util.Optional;

/**
 * What a proxy says of a request that came to it.
 *
 * @param address from where, maybe with a port
 * @param protocol by which protocol
 */
record Hop(Optional<String> address, Optional<String> protocol) {
  /** It says nothing. */
  static final Hop UNKNOWN = new Hop(Optional.empty(), Optional.empty());
}
