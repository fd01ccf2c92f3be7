package org.certcollect.protocol.cells;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Values that break the rules of an argument, each under a name that says how, in a fixed order.
 */
final class InvalidValues {
  private static final String ARABIC_ONE = "\u0661";
  private static final String FULL_WIDTH_ONE = "\uff11";

  private InvalidValues() {}

  /**
   * The invalid values of an argument.
   *
   * @throws IllegalStateException for an argument that this class does not know yet
   */
  static Map<String, String> of(String argument) {
    return switch (argument) {
      case ArgumentNames.LOGIN_NAME -> loginName();
      case ArgumentNames.LOGIN_PASSWORD -> Map.of("129-characters", "P".repeat(129));
      case ArgumentNames.COLLECTION_CODE -> Map.of("17-characters", "ABCDEFGH234567892");
      case ArgumentNames.ORDER_NUMBER -> orderNumber();
      case ArgumentNames.QUERY_TYPE, ArgumentNames.RESPONSE_TYPE -> integer(4);
      case ArgumentNames.RESPONSE_ENCODING -> integer(2);
      case ArgumentNames.RESPONSE_MIME_TYPE -> mediaType();
      case ArgumentNames.SHOW_VALIDITY_PERIOD -> period();
      default -> throw new IllegalStateException("no invalid values of " + argument + " yet");
    };
  }

  private static Map<String, String> loginName() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("65-characters", "l".repeat(65));
    values.put("65-characters-beyond-ascii", "\u00fc".repeat(65));
    return values;
  }

  private static Map<String, String> orderNumber() {
    Map<String, String> values = noInteger();
    values.put("0", "0");
    values.put("000", "000");
    values.put("2-to-the-63", "9223372036854775808");
    values.put("2-to-the-64-plus-1", "18446744073709551617");
    values.put("1000-digits", "1".repeat(1000));
    return values;
  }

  private static Map<String, String> integer(int tooHigh) {
    Map<String, String> values = noInteger();
    values.put(Integer.toString(tooHigh), Integer.toString(tooHigh));
    values.put("10", "10");
    values.put("2-to-the-32-plus-1", "4294967297");
    values.put("2-to-the-64-plus-1", "18446744073709551617");
    return values;
  }

  private static Map<String, String> noInteger() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("minus", "-1");
    values.put("minus-0", "-0");
    values.put("plus", "+1");
    values.put("blank", " ");
    values.put("blank-before", " 1");
    values.put("blank-after", "1 ");
    values.put("line-end-after", "1\n");
    values.put("nul-after", "1\0");
    values.put("letter", "a");
    values.put("hexadecimal", "0x1");
    values.put("point", "1.0");
    values.put("exponent", "1e0");
    values.put("comma", "1,000");
    values.put("arabic-digit", ARABIC_ONE);
    values.put("full-width-digit", FULL_WIDTH_ONE);
    return values;
  }

  private static Map<String, String> period() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("lower-case-y", "y");
    values.put("lower-case-n", "n");
    values.put("blank", " ");
    values.put("blank-before", " Y");
    values.put("blank-after", "Y ");
    values.put("YES", "YES");
    values.put("YN", "YN");
    values.put("digit", "1");
    values.put("full-width-Y", "\uff39");
    return values;
  }

  /** Texts that are not a media type, or that must not stand in a header. */
  private static Map<String, String> mediaType() {
    Map<String, String> types = new LinkedHashMap<>();
    types.put("no-slash", "text");
    types.put("no-type", "/plain");
    types.put("no-subtype", "text/");
    types.put("two-slashes", "text/plain/x");
    types.put("blank", " ");
    types.put("blank-before", " text/plain");
    types.put("blank-after", "text/plain ");
    types.put("blank-inside", "text/ plain");
    types.put("comma", "text/plain,text/html");
    types.put("no-token", "te(x)t/plain");
    types.put("beyond-ascii", "text/pl\u00e4in");
    types.put("parameter-without-value", "text/plain;charset=");
    types.put("parameter-without-equals", "text/plain;charset");
    types.put("parameter-blank-at-equals", "text/plain;charset =utf-8");
    types.put("open-quote", "text/plain;a=\"b");
    types.put("text-after-quote", "text/plain;a=\"b\"c");
    types.put("cr-lf", "text/plain\r\nSet-Cookie: a=b");
    types.put("lf", "text/plain\nSet-Cookie: a=b");
    types.put("cr", "text/plain\rSet-Cookie: a=b");
    types.put("lf-after", "text/plain\n");
    types.put("cr-lf-in-quotes", "text/plain;a=\"\r\nSet-Cookie: a=b\"");
    types.put("escaped-lf-in-quotes", "text/plain;a=\"\\\n\"");
    types.put("nul", "text/plain\0");
    types.put("tab", "text/plain;\ta=b");
    types.put("tab-in-quotes", "text/plain;a=\"\t\"");
    types.put("escape", "text/plain\u001b[2J");
    types.put("del-in-quotes", "text/plain;a=\"\u007f\"");
    types.put("control-beyond-ascii", "text/plain\u0085");
    types.put("256-characters", "text/" + "x".repeat(251));
    return types;
  }
}
