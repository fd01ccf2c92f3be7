/**
 * The server: two HTTP listeners, authentication, and the service that joins the protocol with the
 * store. The entry point is {@link org.certcollect.server.CollectServer}.
 */
@NullMarked
package org.certcollect.server;

import org.jspecify.annotations.NullMarked;
