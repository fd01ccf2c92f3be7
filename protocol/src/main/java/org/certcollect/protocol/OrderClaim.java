package org.certcollect.protocol;

/** The way in which a client names an order and proves its right to it. */
public sealed interface OrderClaim permits Login, CollectionCode {}
