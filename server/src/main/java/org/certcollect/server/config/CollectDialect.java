package org.certcollect.server.config;

import org.certcollect.protocol.Dialect;
import org.certcollect.protocol.v106.Specification106;
import org.certcollect.protocol.v122.Specification122;

/** The versions of the protocol that a server can speak. */
public enum CollectDialect {
  /** The specification to the letter. */
  V1_06("1.06", Specification106.DIALECT),
  /** The later versions, which client programs of the live service use. */
  V1_22("1.22", Specification122.DIALECT);

  private final String word;
  private final Dialect dialect;

  CollectDialect(String word, Dialect dialect) {
    this.word = word;
    this.dialect = dialect;
  }

  /** The name in settings. */
  public String word() {
    return word;
  }

  public Dialect dialect() {
    return dialect;
  }
}
