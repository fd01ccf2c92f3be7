/** The verb {@code certcollect serve}, and what {@code demo} shares with it. */
@NullMarked
package org.certcollect.cli.serve;

import org.jspecify.annotations.NullMarked;
