/**
 * The fields of an HTTP request, read from its query string and its body. No input makes the
 * decoders throw: they keep broken parts as the characters that were sent.
 */
@NullMarked
package org.certcollect.protocol.form;

import org.jspecify.annotations.NullMarked;
