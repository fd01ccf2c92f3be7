/**
 * The interfaces of a {@link org.certcollect.store.Store} in the tables of a relational database,
 * and how their rows are read and written. The SQL is the same for every database.
 */
@NullMarked
package org.certcollect.store.jdbc.table;

import org.jspecify.annotations.NullMarked;
