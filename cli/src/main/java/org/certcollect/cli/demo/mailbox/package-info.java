/** The mailbox of the demo: it takes mails by SMTP, keeps a few in memory, and shows them. */
@NullMarked
package org.certcollect.cli.demo.mailbox;

import org.jspecify.annotations.NullMarked;
