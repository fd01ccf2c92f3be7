/** The data folder: the store's file and the keys that are kept outside of it. */
@NullMarked
package org.certcollect.cli.data;

import org.jspecify.annotations.NullMarked;
