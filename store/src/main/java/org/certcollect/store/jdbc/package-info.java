/**
 * The {@link org.certcollect.store.Store} on a relational database. Most SQL is the same on every
 * database. The differences are implementations of {@link org.certcollect.store.jdbc.Transactions},
 * {@link org.certcollect.store.jdbc.DatabaseFailures}, {@link
 * org.certcollect.store.jdbc.load.BulkLoading} and {@link
 * org.certcollect.store.jdbc.table.SqlDialect}.
 */
@NullMarked
package org.certcollect.store.jdbc;

import org.jspecify.annotations.NullMarked;
