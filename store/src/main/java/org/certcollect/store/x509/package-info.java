/**
 * Reading of certificates and signing requests, and checking of chains, before anything is stored.
 * Structures are read with Bouncy Castle, element by element; signatures are checked with the JDK,
 * or with Bouncy Castle if the JDK lacks the algorithm.
 */
@NullMarked
package org.certcollect.store.x509;

import org.jspecify.annotations.NullMarked;
