/** The verbs for messages that wait or were given up. */
@NullMarked
package org.certcollect.cli.message;

import org.jspecify.annotations.NullMarked;
