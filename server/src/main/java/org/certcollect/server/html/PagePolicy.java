package org.certcollect.server.html;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The header fields that keep a page to itself, and the style that pages share. */
public final class PagePolicy {
  /** The style of every page. */
  public static final String STYLE = Template.read(PagePolicy.class, "page.css");

  private PagePolicy() {}

  /**
   * The fields of a page. Its policy (W3C CSP3) allows what stands in the page itself and nothing
   * else.
   *
   * @param style the style in the page
   * @param scripts the scripts in the page
   */
  public static Map<String, String> headers(String style, List<String> scripts) {
    String allowed =
        scripts.isEmpty()
            ? ""
            : scripts.stream()
                .map(PagePolicy::hash)
                .collect(Collectors.joining(" ", "script-src ", "; "));
    return Map.of(
        "Content-Security-Policy",
        "default-src 'none'; style-src %s; %simg-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
            .formatted(hash(style), allowed),
        "Referrer-Policy",
        "no-referrer",
        // For browsers that know no frame-ancestors.
        "X-Frame-Options",
        "DENY");
  }

  private static String hash(String inline) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(inline.getBytes(US_ASCII));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
