package org.certcollect.protocol;

/** What became of reading a request: a {@link CollectRequest}, or a refusal. */
public sealed interface Reading permits CollectRequest, CollectResult.Refused {}
