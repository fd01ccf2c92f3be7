/**
 * The Collect protocol, specification 1.06, as data and pure functions: from a request's fields to
 * a {@link org.certcollect.protocol.CollectRequest} or a refusal, and from a {@link
 * org.certcollect.protocol.CollectResult} to the bytes of the answer. No I/O, no clock, nothing but
 * the JDK; every class is immutable and safe for use by many threads.
 *
 * <p>Start with {@link org.certcollect.protocol.Dialect}, the table of arguments, then {@link
 * org.certcollect.protocol.RequestReader} and {@link org.certcollect.protocol.ResponseWriter}.
 */
@NullMarked
package org.certcollect.protocol;

import org.jspecify.annotations.NullMarked;
