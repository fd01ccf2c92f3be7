package org.certcollect.bench.scale;

/**
 * Which store was measured.
 *
 * @param orders how many it has
 */
record Subject(Engine engine, long orders) {}
