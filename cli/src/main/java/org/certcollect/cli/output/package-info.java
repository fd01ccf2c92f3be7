/** How results look: tables and lines for people, JSON Lines for programs. */
@NullMarked
package org.certcollect.cli.output;

import org.jspecify.annotations.NullMarked;
