package org.certcollect.protocol;

/** How a caller names an order and proves the right to it: by a login, or by a collection code. */
public sealed interface OrderClaim permits Login, CollectionCode {}
