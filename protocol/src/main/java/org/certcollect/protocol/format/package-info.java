/**
 * The structures in which certificates are handed out: PEM, PKCS#7, Netscape certificate sequence,
 * ZIP. They know certificates, but no requests and no versions of the protocol.
 */
@NullMarked
package org.certcollect.protocol.format;

import org.jspecify.annotations.NullMarked;
