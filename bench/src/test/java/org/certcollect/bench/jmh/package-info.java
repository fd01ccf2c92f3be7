/** JMH benchmarks of the parts of a collect request; {@code bench/jmh} runs them. */
@NullMarked
package org.certcollect.bench.jmh;

import org.jspecify.annotations.NullMarked;
