/** The join of requests with the audit log: no answer leaves before its record is written. */
@NullMarked
package org.certcollect.server.audit;

import org.jspecify.annotations.NullMarked;
