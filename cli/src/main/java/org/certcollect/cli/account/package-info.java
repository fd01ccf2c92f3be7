/** The verbs of {@code certcollect account}. */
@NullMarked
package org.certcollect.cli.account;

import org.jspecify.annotations.NullMarked;
