package org.certcollect.store.x509;

/** The treatment of a signature that cannot be checked, because its algorithm is unknown. */
public enum UnknownAlgorithms {
  /** The chain is refused, and the algorithm is named. */
  REFUSE,

  /** The issuer's name and key identifier decide alone. */
  ACCEPT
}
