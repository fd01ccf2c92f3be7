/** Measures certcollect against what else would do its job; docs/performance.md tells how. */
@NullMarked
package org.certcollect.bench;

import org.jspecify.annotations.NullMarked;
