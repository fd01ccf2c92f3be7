package org.certcollect.protocol.cells;

/** The names of the arguments, typed by hand as messages write them. */
public final class ArgumentNames {
  public static final String LOGIN_NAME = "loginName";
  public static final String LOGIN_PASSWORD = "loginPassword";
  public static final String ORDER_NUMBER = "orderNumber";
  public static final String COLLECTION_CODE = "collectionCode";
  public static final String QUERY_TYPE = "queryType";
  public static final String RESPONSE_TYPE = "responseType";
  public static final String RESPONSE_ENCODING = "responseEncoding";
  public static final String RESPONSE_MIME_TYPE = "responseMimeType";
  public static final String SHOW_VALIDITY_PERIOD = "showValidityPeriod";

  private ArgumentNames() {}
}
