/** The bulk load of a store, and its export. */
@NullMarked
package org.certcollect.store.jdbc.load;

import org.jspecify.annotations.NullMarked;
