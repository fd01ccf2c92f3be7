/** Who may collect: password hashes, verified logins, and the throttling of guesses. */
@NullMarked
package org.certcollect.server.auth;

import org.jspecify.annotations.NullMarked;
