package org.certcollect.store;

import java.time.Instant;

/**
 * Points at an issued certificate with its chain, which {@link Collects#chain} loads. What it
 * points at never changes, so that whatever is made from it may be cached by {@link #id}.
 *
 * @param id the store's own key, never reused
 * @param notBefore the end entity's
 * @param notAfter the end entity's
 */
public record IssuedReference(long id, Instant notBefore, Instant notAfter) {}
