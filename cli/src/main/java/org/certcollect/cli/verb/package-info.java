/** What verbs are made of: their surroundings, shared options, exit codes and printed fields. */
@NullMarked
package org.certcollect.cli.verb;

import org.jspecify.annotations.NullMarked;
