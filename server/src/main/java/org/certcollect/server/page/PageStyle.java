package org.certcollect.server.page;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The style and the script that stand in each page, and the policy that allows only these. */
final class PageStyle {
  static final String STYLE = PageTexts.resource("page.css");
  static final String SCRIPT = PageTexts.resource("page.js");

  /** The value of the field Content-Security-Policy (W3C CSP3). */
  static final String POLICY =
      "default-src 'none'; style-src '%s'; script-src '%s'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
          .formatted(hash(STYLE), hash(SCRIPT));

  /** The value for the logo: an SVG has its own styles, and runs no script. */
  static final String LOGO_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

  private PageStyle() {}

  private static String hash(String inline) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(inline.getBytes(US_ASCII));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
