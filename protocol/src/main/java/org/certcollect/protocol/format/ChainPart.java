package org.certcollect.protocol.format;

/** The part of a certificate chain that is handed out. */
public enum ChainPart {
  /** The end entity's certificate and those of its issuers. */
  WHOLE,
  /** Only the end entity's certificate. */
  END_ENTITY,
  /** Only the certificates of its issuers. */
  ISSUERS
}
