package org.certcollect.protocol.form;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/**
 * The decoder of {@code application/x-www-form-urlencoded} (WHATWG URL, section 5.1). It decodes
 * bytes before characters, because raw and percent-encoded bytes may form one character together. A
 * {@code %} without two hexadecimal digits after it stands for itself.
 */
final class UrlEncoded {
  private UrlEncoded() {}

  /** The fields of a query string. */
  static List<FormField> query(byte[] form, Charset charset) {
    return decode(form, 0, form.length, charset);
  }

  /**
   * The fields of a body. A byte order mark before the first name and one line end after the last
   * value, as editors and scripts write them, are no part of the form.
   */
  static List<FormField> body(byte[] form, Charset charset) {
    int start = startsWithByteOrderMark(form) ? 3 : 0;
    int end = form.length;
    if (end > start && form[end - 1] == '\n') {
      end--;
      if (end > start && form[end - 1] == '\r') {
        end--;
      }
    }
    return decode(form, start, end, charset);
  }

  private static boolean startsWithByteOrderMark(byte[] form) {
    return form.length >= 3
        && form[0] == (byte) 0xEF
        && form[1] == (byte) 0xBB
        && form[2] == (byte) 0xBF;
  }

  private static List<FormField> decode(byte[] form, int from, int to, Charset charset) {
    List<FormField> fields = new ArrayList<>();
    int start = from;
    while (start < to) {
      int end = indexOf(form, '&', start, to);
      if (end > start) {
        int equals = indexOf(form, '=', start, end);
        String name = text(form, start, equals, charset);
        fields.add(new FormField(name, text(form, Math.min(equals + 1, end), end, charset)));
      }
      start = end + 1;
    }
    return fields;
  }

  /** The index of a byte, or {@code to} if it is not there. */
  private static int indexOf(byte[] bytes, char wanted, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != wanted) {
      at++;
    }
    return at;
  }

  private static String text(byte[] form, int from, int to, Charset charset) {
    byte[] decoded = new byte[to - from];
    int length = 0;
    for (int at = from; at < to; at++) {
      int octet = form[at] == '%' ? escaped(form, at, to) : -1;
      if (octet >= 0) {
        decoded[length++] = (byte) octet;
        at += 2;
      } else {
        decoded[length++] = form[at] == '+' ? (byte) ' ' : form[at];
      }
    }
    return new String(decoded, 0, length, charset);
  }

  /** The byte that an escape stands for, or -1 if it is not an escape. */
  private static int escaped(byte[] form, int at, int to) {
    if (at + 2 >= to) {
      return -1;
    }
    int high = Character.digit((char) form[at + 1], 16);
    int low = Character.digit((char) form[at + 2], 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }
}
