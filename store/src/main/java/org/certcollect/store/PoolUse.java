package org.certcollect.store;

/**
 * The use of the connections of a store.
 *
 * @param busy the number of connections that are lent now
 * @param max the maximum number of them
 */
public record PoolUse(int busy, int max) {}
