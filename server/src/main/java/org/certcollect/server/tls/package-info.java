/** The server's keys and certificates for TLS. */
@NullMarked
package org.certcollect.server.tls;

import org.jspecify.annotations.NullMarked;
