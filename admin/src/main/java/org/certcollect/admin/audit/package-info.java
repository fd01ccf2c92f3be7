/** The audit log: chained records in files, their writing, reading and verification. */
@NullMarked
package org.certcollect.admin.audit;

import org.jspecify.annotations.NullMarked;
