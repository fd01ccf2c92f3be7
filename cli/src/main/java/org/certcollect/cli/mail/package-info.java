/** The verbs about e-mails. */
@NullMarked
package org.certcollect.cli.mail;

import org.jspecify.annotations.NullMarked;
