/** The verbs of {@code certcollect order}. */
@NullMarked
package org.certcollect.cli.order;

import org.jspecify.annotations.NullMarked;
