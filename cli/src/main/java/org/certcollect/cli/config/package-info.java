/**
 * The configuration: a table of keys as data, read from a file, the environment and flags, checked
 * as a whole, and turned into typed records.
 */
@NullMarked
package org.certcollect.cli.config;

import org.jspecify.annotations.NullMarked;
