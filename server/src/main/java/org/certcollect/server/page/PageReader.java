package org.certcollect.server.page;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.certcollect.protocol.CertificateForm;
import org.certcollect.protocol.CollectRequest;
import org.certcollect.protocol.CollectResponse;
import org.certcollect.protocol.CollectResult;
import org.certcollect.protocol.CollectResult.Attached;
import org.certcollect.protocol.CollectResult.Refused;
import org.certcollect.protocol.CollectionCode;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.Reading;
import org.certcollect.protocol.RefusedRequest;
import org.certcollect.protocol.ResponseLayout;
import org.certcollect.protocol.StatusCode;
import org.certcollect.protocol.form.FormField;
import org.certcollect.server.collect.FieldsReader;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.domain.MailAddress;

/**
 * The reader of a form that the page has sent: the code, and the file of the button that was
 * pressed. Other fields are ignored.
 *
 * @param secure whether the request came over HTTPS
 * @param now the time at which a certificate has expired or not
 */
record PageReader(PageWriter writer, boolean secure, Instant now) implements FieldsReader {
  private static final String CODE = "code";
  private static final String FILE = "format";
  private static final String EMAIL = "email";

  /** Longer than any address (RFC 5321, section 4.5.3.1). */
  private static final int MAX_EMAIL_LENGTH = 300;

  /**
   * Characters that people put between the groups of a code: blanks, hyphens, and invisible ones.
   */
  private static final Pattern SEPARATORS = Pattern.compile("[\\s\\p{Z}\\p{Cf}\\p{Pd}]+");

  @Override
  public Reading read(List<FormField> fields) {
    if (!secure) {
      return refused(StatusCode.NOT_HTTPS, fields);
    }
    String typed = value(CODE, fields).strip();
    if (typed.isEmpty()) {
      return refused(StatusCode.MISSING_ARGUMENT, fields);
    }
    Optional<PageDownload> file = PageDownload.of(value(FILE, fields));
    Optional<String> email = email(fields);
    Layout layout = new Layout(writer, typed, email.orElse(""), file, now);
    CertificateForm form = file.<CertificateForm>map(f -> f).orElse(writer.sheet());
    return code(typed, email.map(PageReader::address))
        .<Reading>map(
            code -> new CollectRequest(Endpoint.COLLECT_CCC, code, CODE, Optional.of(form), layout))
        .orElseGet(() -> refused(StatusCode.INVALID_ARGUMENT, fields));
  }

  /**
   * The code that was typed, with what it may stand for. Imported codes may have characters of any
   * kind, so that a code is looked for as it was typed first, then without separators, and then in
   * upper case if it is one of those that are made here, which have no lower case.
   */
  private static Optional<CollectionCode> code(String typed, Optional<String> email) {
    String bare = SEPARATORS.matcher(typed).replaceAll("");
    List<String> spellings =
        Stream.concat(Stream.of(typed, bare), CollectionCodes.inUpperCase(bare).stream())
            .filter(CollectionCode::isOne)
            .distinct()
            .toList();
    return spellings.stream()
        .findFirst()
        .map(first -> new CollectionCode(first, spellings.subList(1, spellings.size()), email));
  }

  /** The e-mail address as it was typed; empty if none is asked for. */
  private Optional<String> email(List<FormField> fields) {
    return writer.asksEmail() ? Optional.of(value(EMAIL, fields).strip()) : Optional.empty();
  }

  /** The text for the field of the next form: no page grows by what was sent. */
  private static String kept(String email) {
    return email.length() > MAX_EMAIL_LENGTH ? "" : email;
  }

  /** An address as it is stored; a text that is none is none of an order. */
  private static String address(String typed) {
    try {
      return typed.length() > MAX_EMAIL_LENGTH ? "" : new MailAddress(typed).value();
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String value(String name, List<FormField> fields) {
    return fields.stream()
        .filter(field -> field.name().equals(name))
        .map(FormField::value)
        .findFirst()
        .orElse("");
  }

  private RefusedRequest refused(StatusCode status, List<FormField> fields) {
    return new RefusedRequest(
        Refused.of(status), layoutOfFailure(fields), Optional.empty(), Optional.empty());
  }

  @Override
  public ResponseLayout layoutOfFailure(List<FormField> fields) {
    String email = kept(email(fields).orElse(""));
    return result -> writer.write(result, email);
  }

  private record Layout(
      PageWriter writer, String typed, String email, Optional<PageDownload> file, Instant now)
      implements ResponseLayout {
    @Override
    public CollectResponse write(CollectResult result) {
      if (result instanceof Attached issued) {
        return file.map(
                its ->
                    new CollectResponse(
                        issued.status(), its.mediaType(), "", issued.certificates(), ""))
            .orElseGet(() -> writer.write(issued, typed, email, now));
      }
      return writer.write(result, kept(email));
    }

    /** Shows nothing of the code and the address. */
    @Override
    public String toString() {
      return "Layout[masked]";
    }
  }
}
