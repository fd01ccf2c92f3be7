/** E-mails: what the outbox of the store holds is written and sent. */
@NullMarked
package org.certcollect.server.mail;

import org.jspecify.annotations.NullMarked;
