package org.certcollect.store;

import java.util.List;
import org.certcollect.store.domain.Actor;
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

  List<Certificate> list();
}
