/** OrderLines in the import format, any number of them; {@code bench/generate} runs it. */
@NullMarked
package org.certcollect.bench.generate;

import org.jspecify.annotations.NullMarked;
