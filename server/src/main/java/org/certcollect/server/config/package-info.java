/** The server's settings: one immutable record for each concern, valid once it exists. */
@NullMarked
package org.certcollect.server.config;

import org.jspecify.annotations.NullMarked;
