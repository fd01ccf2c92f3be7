/**
 * The transfer of whole records, up to millions of them, from one store to another. This package
 * does not know the format of the file.
 */
@NullMarked
package org.certcollect.store.transfer;

import org.jspecify.annotations.NullMarked;
