package org.certcollect.store;

import java.util.List;
import org.certcollect.store.x509.Certificate;

/** The CA certificates of a {@link Store}, each kept once, by its SHA-256. */
public interface CaCertificates {
  /**
   * Keeps a CA certificate, so that later chains are completed from it.
   *
   * @return whether it was new
   */
  boolean add(Certificate certificate, Actor by);

  /** Those whose subject is exactly that DER name, the newest notBefore first. */
  List<Certificate> withSubject(byte[] subject);

  List<Certificate> list();
}
