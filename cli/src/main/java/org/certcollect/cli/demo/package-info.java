/** The verb {@code certcollect demo}: a server on a throw-away store, filled with examples. */
@NullMarked
package org.certcollect.cli.demo;

import org.jspecify.annotations.NullMarked;
