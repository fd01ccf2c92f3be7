/**
 * Whole records on their way from one store to another, and the bulk access that moves millions of
 * them. How they are written in a file is not known here.
 */
@NullMarked
package org.certcollect.store.transfer;

import org.jspecify.annotations.NullMarked;
