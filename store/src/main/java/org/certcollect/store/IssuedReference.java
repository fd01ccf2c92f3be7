package org.certcollect.store;

import java.time.Instant;

/**
 * A reference to an issued certificate with its chain, which {@link Collects#chain} loads. Both
 * never change, so everything that is derived from them may be cached by {@link #id}.
 *
 * @param id the certificate's id, from 10,000,000,001 on unless it was imported; never reused
 * @param notBefore the end entity's
 * @param notAfter the end entity's
 */
public record IssuedReference(long id, Instant notBefore, Instant notAfter) {}
