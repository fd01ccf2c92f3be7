/** The common parts of verbs: surroundings, global options, exit codes and printed fields. */
@NullMarked
package org.certcollect.cli.verb;

import org.jspecify.annotations.NullMarked;
