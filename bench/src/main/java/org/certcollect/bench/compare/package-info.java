/**
 * Runs certcollect beside nginx and others on one core, drives each from another, and compares.
 * {@code bench/run} starts it; {@link org.certcollect.bench.compare.Main} is where to begin
 * reading.
 */
@NullMarked
package org.certcollect.bench.compare;

import org.jspecify.annotations.NullMarked;
