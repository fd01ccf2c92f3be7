package org.certcollect.store.transfer;

import java.time.Instant;
import org.certcollect.store.x509.VerifiedChain;

/** A certificate that was issued for an order at some moment. */
public record CertificateRecord(Instant issued, VerifiedChain chain) {}
