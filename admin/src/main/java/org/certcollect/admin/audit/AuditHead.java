package org.certcollect.admin.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.PublicKey;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of a chain at some time: the last record, signed. Kept apart from the log, it shows that
 * no record up to it was removed or changed since, not even by someone who computed all hashes
 * anew.
 *
 * @param hash the hash of the record
 * @param signature Ed25519, in base64url, over the text before it
 */
public record AuditHead(String node, long seq, String hash, String signature) {
  private static final Pattern FORM =
      Pattern.compile(
          "([A-Za-z0-9_][A-Za-z0-9._~-]*)/([0-9]{1,18})/([0-9a-f]{64})/([A-Za-z0-9_-]{86})");
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  static AuditHead sign(String node, long seq, String hash, AuditKey key) {
    AuditHead head = new AuditHead(node, seq, hash, "");
    return new AuditHead(node, seq, hash, ENCODER.encodeToString(key.sign(head.signed())));
  }

  /** The head that a text is, as {@link #toString} writes it; empty if it is none. */
  public static Optional<AuditHead> parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    return form.matches() ? Optional.of(of(form)) : Optional.empty();
  }

  /** The head that a line of the ordinary log names; empty if it names none. */
  public static Optional<AuditHead> find(String line) {
    Matcher form = FORM.matcher(line);
    return form.find() ? Optional.of(of(form)) : Optional.empty();
  }

  private static AuditHead of(Matcher form) {
    return new AuditHead(
        form.group(1), Long.parseLong(form.group(2)), form.group(3), form.group(4));
  }

  private byte[] signed() {
    return (node + '/' + seq + '/' + hash).getBytes(US_ASCII);
  }

  boolean isSignedBy(PublicKey key) {
    try {
      return AuditKey.verify(key, signed(), Base64.getUrlDecoder().decode(signature));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** One word without spaces, for logs and options. */
  @Override
  public String toString() {
    return node + '/' + seq + '/' + hash + '/' + signature;
  }
}
