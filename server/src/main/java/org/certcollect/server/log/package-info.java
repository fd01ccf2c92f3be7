/** Log lines, as JSON for programs or as text for a terminal, without secrets in either. */
@NullMarked
package org.certcollect.server.log;

import org.jspecify.annotations.NullMarked;
