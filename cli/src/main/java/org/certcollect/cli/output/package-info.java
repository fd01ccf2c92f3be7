/** The output of results: tables and lines for people, JSON Lines and CSV for programs. */
@NullMarked
package org.certcollect.cli.output;

import org.jspecify.annotations.NullMarked;
