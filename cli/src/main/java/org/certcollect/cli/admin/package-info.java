/** The verbs of {@code admin}. */
@NullMarked
package org.certcollect.cli.admin;

import org.jspecify.annotations.NullMarked;
