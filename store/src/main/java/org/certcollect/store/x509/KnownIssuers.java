package org.certcollect.store.x509;

import java.util.List;

/** The CA certificates that chains are completed from. */
@FunctionalInterface
public interface KnownIssuers {
  /**
   * The certificates whose subject matches that name, as RFC 5280, section 7.1 compares names; the
   * newest notBefore first.
   */
  List<Certificate> withSubject(DistinguishedName subject);
}
