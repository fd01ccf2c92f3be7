/**
 * What {@code bench/generate} runs: orders in the import format, as many as wanted. It stands among
 * the tests, which use it too, so that it is built and checked with all else and not shipped.
 */
package org.certcollect.cli.bench;
