/** The page that an operator opens first: the state of a server, and a search for orders. */
@NullMarked
package org.certcollect.server.status;

import org.jspecify.annotations.NullMarked;
