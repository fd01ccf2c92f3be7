/** Authentication: password checks, verified logins, and the throttling of wrong guesses. */
@NullMarked
package org.certcollect.server.auth;

import org.jspecify.annotations.NullMarked;
