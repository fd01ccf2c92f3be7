/** The management listener: health, state and metrics of a running server, and its draining. */
@NullMarked
package org.certcollect.server.management;

import org.jspecify.annotations.NullMarked;
