/**
 * The values that a store keeps and the exceptions that it throws. The interfaces of a store and
 * everything about X.509 are elsewhere.
 */
@NullMarked
package org.certcollect.store.domain;

import org.jspecify.annotations.NullMarked;
