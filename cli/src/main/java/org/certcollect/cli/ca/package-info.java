/** The verbs of {@code certcollect ca}. */
@NullMarked
package org.certcollect.cli.ca;

import org.jspecify.annotations.NullMarked;
