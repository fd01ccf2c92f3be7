package org.certcollect.store.domain;

import java.time.Instant;

/**
 * The password that an account had before, while it is still valid beside the present one.
 *
 * @param until the instant from which on it is no longer valid
 */
public record OldPassword(PasswordHash hash, Instant until) {}
