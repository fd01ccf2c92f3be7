/** The parts that the deliveries of e-mails and of push notifications share. */
@NullMarked
package org.certcollect.server.delivery;

import org.jspecify.annotations.NullMarked;
