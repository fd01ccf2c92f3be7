/**
 * What every backend of {@link org.certcollect.store.Store} keeps to, as abstract tests. A backend
 * runs them by extending each class and saying how it opens a store.
 */
package org.certcollect.store.contract;
