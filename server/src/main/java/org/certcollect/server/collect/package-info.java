/** From a request's fields to its answer: what joins the protocol with the store. */
@NullMarked
package org.certcollect.server.collect;

import org.jspecify.annotations.NullMarked;
