/** The page on which a person collects a certificate with a code, and without a program. */
@NullMarked
package org.certcollect.server.page;

import org.jspecify.annotations.NullMarked;
