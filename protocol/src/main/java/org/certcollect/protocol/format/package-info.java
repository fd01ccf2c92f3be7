/** The structures in which certificates are handed out: PEM, PKCS#7, Netscape sequence, ZIP. */
@NullMarked
package org.certcollect.protocol.format;

import org.jspecify.annotations.NullMarked;
