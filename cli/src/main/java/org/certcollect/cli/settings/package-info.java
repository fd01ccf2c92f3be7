/** The verbs of {@code certcollect config}, and the flags that set keys. */
@NullMarked
package org.certcollect.cli.settings;

import org.jspecify.annotations.NullMarked;
