package org.certcollect.protocol;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One row of a dialect's table of arguments.
 *
 * @param name as messages write it; compared without regard to ASCII case
 * @param endpoints those that know it; any other answers that it is unrecognised
 * @param presence when it must be there
 * @param defaultValue what holds where it is absent
 * @param rules what its value must fulfil
 */
public record Argument(
    String name,
    Set<Endpoint> endpoints,
    Presence presence,
    Optional<String> defaultValue,
    List<Rule> rules) {

  public static final String LOGIN_NAME = "loginName";
  public static final String LOGIN_PASSWORD = "loginPassword";
  public static final String ORDER_NUMBER = "orderNumber";
  public static final String COLLECTION_CODE = "collectionCode";
  public static final String QUERY_TYPE = "queryType";
  public static final String RESPONSE_TYPE = "responseType";
  public static final String RESPONSE_ENCODING = "responseEncoding";
  public static final String RESPONSE_MIME_TYPE = "responseMimeType";
  public static final String SHOW_VALIDITY_PERIOD = "showValidityPeriod";

  /** When an argument must be there. */
  public enum Presence {
    REQUIRED,
    REQUIRED_WITHOUT_COLLECTION_CODE,
    OPTIONAL
  }

  public Argument {
    endpoints = Set.copyOf(endpoints);
    rules = List.copyOf(rules);
  }

  boolean isRequired(ArgumentValues values) {
    return switch (presence) {
      case REQUIRED -> true;
      case REQUIRED_WITHOUT_COLLECTION_CODE -> !values.has(COLLECTION_CODE);
      case OPTIONAL -> false;
    };
  }

  boolean accepts(String value, ArgumentValues values) {
    for (Rule rule : rules) {
      if (!rule.accepts(value, values)) {
        return false;
      }
    }
    return true;
  }
}
