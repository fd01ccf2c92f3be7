/** The push notifications that tell accounts of changes. */
@NullMarked
package org.certcollect.server.push;

import org.jspecify.annotations.NullMarked;
