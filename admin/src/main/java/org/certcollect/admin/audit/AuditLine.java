package org.certcollect.admin.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A line of the audit log: a JSON object whose last member is {@code hash}, the SHA-256 of all
 * bytes of the line before {@code ,"hash":}. These bytes are the canonical form: a line is hashed
 * as it stands, and nothing has to be parsed or written again to check it. They begin with {@code
 * node}, {@code seq}, {@code time} and {@code event}, and end with {@code prev}, the hash of the
 * record before.
 *
 * @param fields all members except {@code hash}, in their order; numbers are {@link Long}s
 * @param hash the hash that the line names, in hexadecimal
 * @param text the line, without its end
 */
public record AuditLine(Map<String, Object> fields, String hash, String text) {
  /** The {@code prev} of the first record. */
  static final String NO_HASH = "0".repeat(64);

  private static final String HASH = ",\"hash\":\"";
  private static final int END = HASH.length() + NO_HASH.length() + "\"}".length();

  /** Readers differ in which of two members of one name they take, so such a line is no record. */
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  public AuditLine {
    fields = Collections.unmodifiableMap(fields);
  }

  /** Reads a line without its end; empty if it is no line of an audit log. */
  static Optional<AuditLine> parse(byte[] line) {
    String text = new String(line, US_ASCII);
    int end = text.length() - END;
    if (end < 0 || !text.startsWith(HASH, end) || !text.endsWith("\"}")) {
      return Optional.empty();
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    try (JsonParser json = JSON.createParser(text.substring(0, end) + '}')) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (!value.isScalarValue()) {
          return Optional.empty();
        }
        fields.put(
            name, value == JsonToken.VALUE_NUMBER_INT ? json.getLongValue() : json.getText());
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    AuditLine parsed =
        new AuditLine(fields, text.substring(end + HASH.length(), text.length() - 2), text);
    return parsed.hasChainFields() ? Optional.of(parsed) : Optional.empty();
  }

  private boolean hasChainFields() {
    return fields.get("seq") instanceof Long
        && fields.get("node") instanceof String
        && fields.get("prev") instanceof String
        && fields.get("time") instanceof String;
  }

  /** Whether the hash is that of the line. */
  boolean isIntact() {
    MessageDigest digest = AuditEncoder.sha256();
    digest.update(text.getBytes(US_ASCII), 0, text.length() - END);
    return AuditBytes.hex(digest.digest()).equals(hash);
  }

  /** The number of the record in its chain, from 1. */
  public long seq() {
    return number("seq").orElseThrow();
  }

  public String node() {
    return text("node").orElseThrow();
  }

  /** The time at which it was recorded, as ISO 8601 in UTC. */
  public String time() {
    return text("time").orElseThrow();
  }

  String prev() {
    return text("prev").orElseThrow();
  }

  /** A member that is a text; empty if there is none. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(fields.get(name)).map(Object::toString);
  }

  /** A member that is a number; empty if there is none. */
  public OptionalLong number(String name) {
    return fields.get(name) instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
  }
}
