package org.certcollect.protocol;

import java.time.Instant;

/** The period in which a certificate is valid, both ends included. */
public record Validity(Instant notBefore, Instant notAfter) {}
