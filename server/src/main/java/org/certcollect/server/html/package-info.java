/** HTML of the pages for people: escaped texts, templates, the style, and the policy. */
@NullMarked
package org.certcollect.server.html;

import org.jspecify.annotations.NullMarked;
