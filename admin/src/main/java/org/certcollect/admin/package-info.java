/**
 * What an operator does, without a terminal: passwords and their hashes, signing requests, the key
 * of the collection codes, and the data folder. Front ends call it and word their own advice.
 */
@NullMarked
package org.certcollect.admin;

import org.jspecify.annotations.NullMarked;
