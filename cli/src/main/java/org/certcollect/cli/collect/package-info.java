/** The verb {@code collect}, a client of any server of the protocol. */
@NullMarked
package org.certcollect.cli.collect;

import org.jspecify.annotations.NullMarked;
