/**
 * The values that a store keeps and the refusals that it gives: no interface of a store, and
 * nothing of X.509.
 */
@NullMarked
package org.certcollect.store.domain;

import org.jspecify.annotations.NullMarked;
