package org.certcollect.server.config;

import org.certcollect.protocol.Dialect;
import org.certcollect.protocol.v106.Specification106;
import org.certcollect.protocol.v122.Specification122;

/** The versions of the protocol that a server can speak. */
public enum CollectDialect {
  /** The specification to the letter. */
  V1_06("1.06"),
  /** The later versions, which client programs of the live service use. */
  V1_22("1.22");

  private final String word;

  CollectDialect(String word) {
    this.word = word;
  }

  /** The name in settings. */
  public String word() {
    return word;
  }

  public Dialect dialect() {
    return switch (this) {
      case V1_06 -> Specification106.DIALECT;
      case V1_22 -> Specification122.DIALECT;
    };
  }
}
