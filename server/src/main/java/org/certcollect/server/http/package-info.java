/** The HTTP side: listeners, TLS, limits and deadlines, and the handler of the two endpoints. */
@NullMarked
package org.certcollect.server.http;

import org.jspecify.annotations.NullMarked;
