package org.certcollect.store.domain;

/**
 * The product that an order is for. It decides which Collect endpoint hands out the order. An
 * account is enabled for each product separately (specification 1.06, "Version History", 1.06).
 */
public enum Product {
  /** A server certificate, collected by CollectSSL; the account capability "AutoApplySSL". */
  SSL,
  /** A client certificate, collected by CollectCCC; the capability "Custom Client Certificates". */
  CCC
}
