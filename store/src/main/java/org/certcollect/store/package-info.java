/**
 * Accounts, orders and certificates as certcollect keeps them, and the {@link
 * org.certcollect.store.Store} that keeps them. This package has the interfaces; {@code jdbc} has
 * the implementation, and {@code x509} reads and checks certificates before they are stored.
 */
@NullMarked
package org.certcollect.store;

import org.jspecify.annotations.NullMarked;
