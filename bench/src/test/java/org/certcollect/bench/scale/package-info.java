/** Measures what depends on how many orders there are; {@code bench/scale} runs it. */
@NullMarked
package org.certcollect.bench.scale;

import org.jspecify.annotations.NullMarked;
