/**
 * The administration of a store without a terminal: passwords and their hashes, signing requests,
 * the key of the collection codes, and the data folder. Front ends call it and add their own advice
 * to its messages.
 */
@NullMarked
package org.certcollect.admin;

import org.jspecify.annotations.NullMarked;
