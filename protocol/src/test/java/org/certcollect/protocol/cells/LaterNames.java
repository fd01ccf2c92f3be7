package org.certcollect.protocol.cells;

import java.util.List;

/** The names of the later dialect's arguments, typed by hand as messages write them. */
final class LaterNames {
  static final String CERTIFICATE_ID = "certificateID";
  static final String BASE_ORDER_NUMBER = "baseOrderNumber";
  static final String CALLBACK_FUNCTION_NAME = "callbackFunctionName";
  static final String SHOW_FQDN = "showFQDN";
  static final String SHOW_EXT_STATUS = "showExtStatus";
  static final String SHOW_STATUS_DETAILS = "showStatusDetails";
  static final String SHOW_MDC_DOMAIN_DETAILS = "showMDCDomainDetails";
  static final String SHOW_MDC_DOMAIN_DETAILS_2 = "showMDCDomainDetails2";
  static final String RESPONSE_FORMAT = "responseFormat";
  static final String BEHAVIOUR_VERSION = "behaviourVersion";
  static final String PRODUCT = "product";

  /** Those that show something of an order. */
  static final List<String> SHOW =
      List.of(
          ArgumentNames.SHOW_VALIDITY_PERIOD,
          SHOW_FQDN,
          SHOW_EXT_STATUS,
          SHOW_STATUS_DETAILS,
          SHOW_MDC_DOMAIN_DETAILS,
          SHOW_MDC_DOMAIN_DETAILS_2);

  private LaterNames() {}
}
