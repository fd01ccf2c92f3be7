/** The admin API: operations of {@code admin} over HTTP, described by {@code openapi.json}. */
@NullMarked
package org.certcollect.server.api;

import org.jspecify.annotations.NullMarked;
