/** The store in PostgreSQL. */
@NullMarked
package org.certcollect.store.jdbc.postgres;

import org.jspecify.annotations.NullMarked;
