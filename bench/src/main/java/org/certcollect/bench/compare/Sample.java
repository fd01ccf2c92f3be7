package org.certcollect.bench.compare;

/** An order that is asked for, with the account that it belongs to. */
record Sample(long number, String login) {}
