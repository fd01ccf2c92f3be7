package org.certcollect.bench.scale;

/**
 * A measured store.
 *
 * @param orders the number of its orders
 */
record Subject(Engine engine, long orders) {}
