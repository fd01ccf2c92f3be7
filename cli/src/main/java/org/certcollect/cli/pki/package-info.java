/** Makes keys and certificates: the server's own where none is configured, and the demo's. */
@NullMarked
package org.certcollect.cli.pki;

import org.jspecify.annotations.NullMarked;
