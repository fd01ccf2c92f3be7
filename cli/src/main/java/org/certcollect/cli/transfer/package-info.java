/**
 * Import, export and backup: many records at a time, as JSON Lines (docs/import.md), through the
 * bulk access of {@link org.certcollect.store.transfer.Transfers}.
 */
@NullMarked
package org.certcollect.cli.transfer;

import org.jspecify.annotations.NullMarked;
