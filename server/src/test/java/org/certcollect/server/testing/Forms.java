package org.certcollect.server.testing;

import java.util.Locale;

/** The requests that tests send, as they go over the wire. */
public final class Forms {
  public static final String SSL = "/products/download/CollectSSL";
  public static final String CCC = "/products/download/CollectCCC";

  private Forms() {}

  /** A form that asks for an order's status. */
  public static String status(String login, String password, long order) {
    return form(login, password, order, 0);
  }

  /** A form that asks for an order's certificates. */
  public static String certificates(String login, String password, long order) {
    return form(login, password, order, 1);
  }

  /** A form that asks for a status by a collection code. */
  public static String code(String collectionCode) {
    return "collectionCode=" + collectionCode + "&queryType=0";
  }

  /** A whole request. */
  public static String post(String target, String body, String... headers) {
    return head("POST", target, headers) + "Content-Length: " + body.length() + "\r\n\r\n" + body;
  }

  /** A request without a body, its last line not yet ended: as {@code head + "\r\n"} it is one. */
  public static String head(String method, String target, String... headers) {
    StringBuilder head =
        new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return head.toString();
  }

  private static String form(String login, String password, long order, int queryType) {
    return String.format(
        Locale.ROOT,
        "loginName=%s&loginPassword=%s&orderNumber=%d&queryType=%d",
        login,
        password,
        order,
        queryType);
  }
}
