package org.certcollect.store;

import java.util.List;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.RefusedException;
import org.certcollect.store.x509.Certificate;
import org.certcollect.store.x509.KnownIssuers;

/** The CA certificates of a {@link Store}, each stored once, by its SHA-256. */
public interface CaCertificates extends KnownIssuers {
  /**
   * Stores a CA certificate, so that later chains are completed with it.
   *
   * @return whether it was new
   */
  boolean add(Certificate certificate, Actor by);

  /**
   * Removes a CA certificate that no chain has, for example one that was added by mistake.
   *
   * @param fingerprint its SHA-256 in hexadecimal
   * @throws RefusedException if there is none, or if a chain has it
   */
  void remove(String fingerprint, Actor by);

  List<Certificate> list();
}
