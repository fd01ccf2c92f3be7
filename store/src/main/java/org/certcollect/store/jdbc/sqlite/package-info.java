/** The store in one SQLite file. */
@NullMarked
package org.certcollect.store.jdbc.sqlite;

import org.jspecify.annotations.NullMarked;
