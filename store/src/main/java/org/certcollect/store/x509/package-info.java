/**
 * Reading of certificates and signing requests, and checking of chains, before anything is stored.
 * Structures are read with a small reader of DER, which takes what other readers take; signatures
 * are checked with the JDK, or with Bouncy Castle where the JDK lacks the algorithm.
 */
@NullMarked
package org.certcollect.store.x509;

import org.jspecify.annotations.NullMarked;
