package org.certcollect.store.transfer;

/** What moves from one store to another as one piece: there whole, or not at all. */
public sealed interface TransferRecord permits AccountRecord, CaRecord, OrderRecord {}
