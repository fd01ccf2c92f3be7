/**
 * The server's settings: one immutable record for each concern, each checked when it is created.
 */
@NullMarked
package org.certcollect.server.config;

import org.jspecify.annotations.NullMarked;
