/**
 * Every case of the protocol's table, each with the request that asks it and the golden file that
 * holds its answer, byte for byte. {@link org.certcollect.protocol.cells.Cells#all} makes them from
 * the dialect's table and the enums, so that none is forgotten. Published in the test-jar: the
 * tests of a whole server send the very same requests over sockets.
 *
 * <p>Such a test sets up every {@link org.certcollect.protocol.cells.TestAccount} and the order of
 * every {@link org.certcollect.protocol.cells.Situation} once, then sends each {@link
 * org.certcollect.protocol.cells.Cell} and compares with {@link
 * org.certcollect.protocol.cells.Golden}.
 */
package org.certcollect.protocol.cells;
