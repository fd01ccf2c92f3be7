/**
 * The cells of the protocol's table: each is a request with the golden file that holds its answer,
 * byte for byte. {@link org.certcollect.protocol.cells.Cells#all} makes them from the dialect's
 * table and the enums, so that none is forgotten. They are published in the test-jar: the tests of
 * the server send the same requests over sockets.
 *
 * <p>Such a test sets up every {@link org.certcollect.protocol.cells.TestAccount} and the order of
 * every {@link org.certcollect.protocol.cells.Situation} once, then sends each {@link
 * org.certcollect.protocol.cells.Cell} and compares with {@link
 * org.certcollect.protocol.cells.Golden}.
 */
package org.certcollect.protocol.cells;
