/** Log lines: JSON for machines, text for a terminal, and never a secret in either. */
@NullMarked
package org.certcollect.server.log;

import org.jspecify.annotations.NullMarked;
