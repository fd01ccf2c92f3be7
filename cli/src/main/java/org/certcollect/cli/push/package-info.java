/** The verbs about push notifications. */
@NullMarked
package org.certcollect.cli.push;

import org.jspecify.annotations.NullMarked;
