package org.certcollect.store;

import java.util.List;
import org.certcollect.store.x509.Certificate;
import org.certcollect.store.x509.DistinguishedName;

/** The CA certificates of a {@link Store}, each kept once, by its SHA-256. */
public interface CaCertificates {
  /**
   * Keeps a CA certificate, so that later chains are completed from it.
   *
   * @return whether it was new
   */
  boolean add(Certificate certificate, Actor by);

  /**
   * The certificates whose subject matches that name, as RFC 5280, section 7.1 compares names; the
   * newest notBefore first.
   */
  List<Certificate> withSubject(DistinguishedName subject);

  List<Certificate> list();
}
