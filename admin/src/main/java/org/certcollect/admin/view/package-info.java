/** The forms in which records are shown, which the command line and the admin API share. */
@NullMarked
package org.certcollect.admin.view;

import org.jspecify.annotations.NullMarked;
