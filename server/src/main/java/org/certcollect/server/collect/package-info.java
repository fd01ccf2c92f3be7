/** The way from a request's fields to its answer, which joins the protocol with the store. */
@NullMarked
package org.certcollect.server.collect;

import org.jspecify.annotations.NullMarked;
