/**
 * Accounts, orders and certificates as certcollect keeps them, and the {@link
 * org.certcollect.store.Store} that keeps them. The domain stands here; {@code jdbc} holds the
 * implementation and {@code x509} what reads and checks certificates before they are stored.
 */
@NullMarked
package org.certcollect.store;

import org.jspecify.annotations.NullMarked;
