/**
 * The {@link org.certcollect.store.Store} on a relational database. The SQL is the same on every
 * database; what differs stands behind {@link org.certcollect.store.jdbc.Transactions}, {@link
 * org.certcollect.store.jdbc.DatabaseFailures}, {@link org.certcollect.store.jdbc.BulkLoading} and
 * {@link org.certcollect.store.jdbc.OrderPaging}.
 */
@NullMarked
package org.certcollect.store.jdbc;

import org.jspecify.annotations.NullMarked;
