/**
 * The Collect protocol as pure functions: from the fields of a request to a {@link
 * org.certcollect.protocol.CollectRequest} or a refusal, and from a {@link
 * org.certcollect.protocol.CollectResult} to the bytes of the answer. No I/O, no clock, and no
 * dependency but the JDK. Unless they say otherwise, classes are immutable and safe for use by many
 * threads.
 *
 * <p>This package knows what all versions of the protocol share. A {@link
 * org.certcollect.protocol.Dialect} adds the arguments, texts and layouts of one version, each in a
 * package of its own, which this one does not refer to.
 */
@NullMarked
package org.certcollect.protocol;

import org.jspecify.annotations.NullMarked;
