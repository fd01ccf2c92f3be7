/** The verbs that read the audit log. */
@NullMarked
package org.certcollect.cli.audit;

import org.jspecify.annotations.NullMarked;
