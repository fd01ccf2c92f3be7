package org.certcollect.bench.compare;

/**
 * How long a server took from the start of its process.
 *
 * @param answerMillis to its first answer, to a request without arguments
 * @param collectMillis to the first status of an order, for which a password is checked
 */
record Start(double answerMillis, double collectMillis) {}
