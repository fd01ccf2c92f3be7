package org.certcollect.store.transfer;

import java.time.Instant;
import java.util.Optional;
import org.certcollect.store.domain.SigningRequest;

/**
 * A reissue that is under way.
 *
 * @param since when it was begun
 * @param request the request for the next certificate; empty if the order's own is used again
 */
public record PendingReissue(Instant since, Optional<SigningRequest> request) {}
