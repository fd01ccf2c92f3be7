package org.certcollect.store.transfer;

/** A record that is transferred from one store to another, either completely or not at all. */
public sealed interface TransferRecord permits AccountRecord, CaRecord, OrderRecord {}
