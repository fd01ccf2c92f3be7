/** The metrics of a server, in the format of Prometheus (docs/monitoring.md). */
@NullMarked
package org.certcollect.server.metrics;

import org.jspecify.annotations.NullMarked;
