/**
 * Turns the query string and the body of an HTTP request into fields. Nothing that a caller sends
 * makes it throw: what is broken is kept as the characters that came.
 */
@NullMarked
package org.certcollect.protocol.form;

import org.jspecify.annotations.NullMarked;
