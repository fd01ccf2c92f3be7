/**
 * The contract of {@link org.certcollect.store.Store} as abstract tests. The test of a backend
 * extends {@link org.certcollect.store.contract.StoreContractSuite} and says how to open a store.
 */
package org.certcollect.store.contract;
