/** What reads certificates and checks chains, before anything is stored. */
@NullMarked
package org.certcollect.store.x509;

import org.jspecify.annotations.NullMarked;
