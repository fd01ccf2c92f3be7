package org.certcollect.store.domain;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An e-mail address that can be written into a header and an SMTP command as it is: ASCII, without
 * quotes, spaces and control characters.
 *
 * @param value the address, at most 254 characters (RFC 5321, section 4.5.3.1); its domain is in
 *     lower case, and an internationalised one is in its ASCII form
 */
public record MailAddress(String value) {
  private static final int MAX_LENGTH = 254;
  private static final int MAX_LOCAL_LENGTH = 64;
  // The dot-atom of RFC 5322, section 3.2.3.
  private static final Pattern LOCAL =
      Pattern.compile("[\\w!#$%&'*+/=?^`{|}~-]++(?:\\.[\\w!#$%&'*+/=?^`{|}~-]++)*+");

  public MailAddress {
    int at = value.lastIndexOf('@');
    String local = value.substring(0, Math.max(0, at));
    String domain = at < 0 ? "" : ascii(value.substring(at + 1));
    value = local + "@" + domain;
    if (domain.isEmpty()
        || value.length() > MAX_LENGTH
        || local.length() > MAX_LOCAL_LENGTH
        || !LOCAL.matcher(local).matches()) {
      throw new IllegalArgumentException(
          "this is not an e-mail address, or has a part that is not ASCII before its @");
    }
  }

  /** The domain in ASCII; empty if it is none. */
  private static String ascii(String domain) {
    try {
      String name = IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
      return name.startsWith(".") || name.endsWith(".") ? "" : name;
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  public String domain() {
    return value.substring(value.lastIndexOf('@') + 1);
  }

  @Override
  public String toString() {
    return value;
  }
}
