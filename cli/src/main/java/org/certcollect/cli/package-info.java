/**
 * The {@code certcollect} command. {@link org.certcollect.cli.Main} starts it, {@link
 * org.certcollect.cli.CommandTree} lists its verbs; each verb is a class of its own.
 */
@NullMarked
package org.certcollect.cli;

import org.jspecify.annotations.NullMarked;
