/**
 * The later versions of the Collect protocol as one dialect, "1.22": more arguments, and answers as
 * lines, URL-encoded or as a script (docs/protocol.md, section 8). What it shares with 1.06 is that
 * dialect's. Start with {@link org.certcollect.protocol.v122.Specification122}.
 */
@NullMarked
package org.certcollect.protocol.v122;

import org.jspecify.annotations.NullMarked;
