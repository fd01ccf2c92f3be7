/** A run of the program that the JVM learns from, for an archive of classes. */
@NullMarked
package org.certcollect.cli.training;

import org.jspecify.annotations.NullMarked;
