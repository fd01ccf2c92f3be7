package org.certcollect.store.domain;

/**
 * What an order is for, and so which Collect endpoint hands it out. An account is enabled for each
 * product on its own (specification 1.06, "Version History", 1.06).
 */
public enum Product {
  /** A server certificate, collected by CollectSSL; the account capability "AutoApplySSL". */
  SSL,
  /** A client certificate, collected by CollectCCC; the capability "Custom Client Certificates". */
  CCC
}
