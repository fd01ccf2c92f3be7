/**
 * The import and export format, JSON Lines: reading with checks on all cores, loading in
 * transactions, and writing. {@link org.certcollect.admin.transfer.Importer} and {@link
 * org.certcollect.admin.transfer.Exporter} are the way in; docs/import.md describes the format.
 */
@NullMarked
package org.certcollect.admin.transfer;

import org.jspecify.annotations.NullMarked;
