/**
 * The Collect specification 1.06 as a dialect: its table of arguments, its texts, and the layout of
 * its answers. Start with {@link org.certcollect.protocol.v106.Specification106}.
 */
@NullMarked
package org.certcollect.protocol.v106;

import org.jspecify.annotations.NullMarked;
