package org.certcollect.protocol.cells;

import java.util.LinkedHashMap;
import java.util.Map;

/** Texts that are not a media type, or that must not stand in a header. */
final class InvalidMediaTypes {
  private InvalidMediaTypes() {}

  static Map<String, String> all() {
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
