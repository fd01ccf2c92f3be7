/** The push notifications of a relational database. */
@NullMarked
package org.certcollect.store.jdbc.push;

import org.jspecify.annotations.NullMarked;
