package org.certcollect.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.certcollect.client.CollectAnswer.Attached;
import org.certcollect.client.CollectAnswer.Available;
import org.certcollect.client.CollectAnswer.Processing;
import org.certcollect.client.CollectAnswer.Refused;
import org.certcollect.client.InvalidAnswerException.Kind;
import org.certcollect.protocol.QueryType;
import org.certcollect.protocol.StatusCode;
import org.certcollect.protocol.form.FormDecoder;
import org.certcollect.protocol.form.FormField;
import org.certcollect.protocol.v106.ResponseEncoding;
import org.certcollect.protocol.v106.ResponseType;

/**
 * Reads the answer to a query: lines, a binary structure, or URL-encoded fields. Line ends may be
 * LF or CRLF, and the last one may be missing, as servers differ in it.
 */
final class AnswerReader<C> {
  private static final Pattern STATUS = Pattern.compile("-?[0-9]{1,9}");
  private static final Pattern FORM = Pattern.compile("(?s)(?:[^\\n]*&)?errorCode=.*");
  private static final String CA_CERTIFICATE = "caCertificate";
  private static final String MESSAGE = "errorMessage";

  private final CollectQuery<C> query;

  AnswerReader(CollectQuery<C> query) {
    this.query = query;
  }

  /** The meaning of a code; empty for an unknown one. */
  static Optional<StatusCode> status(int code) {
    return Arrays.stream(StatusCode.values()).filter(status -> status.code() == code).findFirst();
  }

  CollectAnswer<C> read(byte[] body) throws InvalidAnswerException {
    if (isBinary(body)) {
      return attached(List.of(body), AnswerDetails.NONE);
    }
    String text = new String(body, ISO_8859_1).replace("\r\n", "\n").stripTrailing();
    return FORM.matcher(text).matches() ? form(body) : lines(text);
  }

  /** A text never has such a second byte (docs/protocol.md, section 4). */
  private boolean isBinary(byte[] body) {
    return query.form().encoding() == ResponseEncoding.BINARY
        && body.length > 1
        && body[0] == 0x30
        && body[1] < 0;
  }

  private CollectAnswer<C> lines(String text) throws InvalidAnswerException {
    String[] head = text.split("\n", 3);
    int code = code(head[0]);
    String second = head.length > 1 ? head[1] : "";
    if (code < 0) {
      return new Refused<>(code, query.masked(second), AnswerDetails.NONE);
    }
    Optional<AnswerDetails> days = ValidityLine.read(second);
    AnswerDetails details = days.orElse(AnswerDetails.NONE);
    if (code != StatusCode.ATTACHED.code()) {
      return unattached(code, details);
    }
    int before = days.isPresent() ? 2 : 1;
    String[] lines = text.split("\n", before + 1);
    return attached(parts(lines.length > before ? lines[before] : ""), details);
  }

  private boolean isOneStructure() {
    return query.form().type() != ResponseType.INDIVIDUALLY;
  }

  private static int code(String line) throws InvalidAnswerException {
    String text = line.strip();
    if (!STATUS.matcher(text).matches()) {
      throw new InvalidAnswerException(Kind.NOT_THE_PROTOCOL);
    }
    return Integer.parseInt(text);
  }

  /** The certificates after the other lines. */
  private List<byte[]> parts(String block) throws InvalidAnswerException {
    if (isOneStructure()) {
      return List.of(PemBlocks.single(block));
    }
    return PemBlocks.only(block);
  }

  private CollectAnswer<C> form(byte[] body) throws InvalidAnswerException {
    List<String> issuers = new ArrayList<>();
    List<String> own = new ArrayList<>();
    Map<String, String> fields = new LinkedHashMap<>();
    for (FormField field : FormDecoder.decode(Optional.empty(), Optional.empty(), body)) {
      if (field.name().equals(CA_CERTIFICATE)) {
        issuers.add(field.value());
      } else if (field.name().equals(query.form().key())) {
        own.add(field.value());
      } else {
        fields.putIfAbsent(
            CollectQuery.printable(field.name()),
            field.name().equals(MESSAGE)
                ? query.masked(field.value())
                : CollectQuery.printable(field.value()));
      }
    }
    int code = code(Optional.ofNullable(fields.remove("errorCode")).orElse(""));
    String message = Optional.ofNullable(fields.remove(MESSAGE)).orElse("");
    AnswerDetails details = AnswerDetails.of(fields);
    if (code < 0) {
      return new Refused<>(code, message, details);
    }
    if (code != StatusCode.ATTACHED.code()) {
      return unattached(code, details);
    }
    if (own.size() != (query.part() == QueryType.CA_BUNDLE && !isOneStructure() ? 0 : 1)) {
      throw new InvalidAnswerException(Kind.BAD_CERTIFICATES);
    }
    List<byte[]> parts = new ArrayList<>();
    for (String value :
        isOneStructure() ? own : Stream.concat(issuers.stream(), own.stream()).toList()) {
      parts.add(PemBlocks.single(value));
    }
    return attached(parts, details);
  }

  private CollectAnswer<C> unattached(int code, AnswerDetails details)
      throws InvalidAnswerException {
    if (code == StatusCode.AVAILABLE.code()) {
      return new Available<>(details);
    }
    if (code == StatusCode.PROCESSING.code()) {
      return new Processing<>(details);
    }
    throw new InvalidAnswerException(Kind.NOT_THE_PROTOCOL);
  }

  private CollectAnswer<C> attached(List<byte[]> parts, AnswerDetails details)
      throws InvalidAnswerException {
    if (query.part() == QueryType.STATUS) {
      throw new InvalidAnswerException(Kind.NOT_THE_PROTOCOL);
    }
    return new Attached<>(query.form().content().read(query.part(), parts), details);
  }
}
