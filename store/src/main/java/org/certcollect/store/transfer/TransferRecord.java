package org.certcollect.store.transfer;

/** A unit that moves from one store to another: it is there whole, or not at all. */
public sealed interface TransferRecord permits AccountRecord, CaRecord, OrderRecord {}
