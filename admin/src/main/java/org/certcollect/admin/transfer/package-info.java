/**
 * The import and export of a store as JSON Lines: reading and checking on all cores, loading in
 * transactions, and writing. {@link org.certcollect.admin.transfer.Importer} and {@link
 * org.certcollect.admin.transfer.Exporter} are the entry points; docs/import.md describes the
 * format.
 */
@NullMarked
package org.certcollect.admin.transfer;

import org.jspecify.annotations.NullMarked;
