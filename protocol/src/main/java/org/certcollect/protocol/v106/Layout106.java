package org.certcollect.protocol.v106;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.certcollect.protocol.CollectResponse;
import org.certcollect.protocol.CollectResult;
import org.certcollect.protocol.CollectResult.Attached;
import org.certcollect.protocol.CollectResult.Period;
import org.certcollect.protocol.CollectResult.Refused;
import org.certcollect.protocol.EncodedCertificates;
import org.certcollect.protocol.MediaType;
import org.certcollect.protocol.ResponseLayout;

/**
 * The layout of an answer in specification 1.06 (section 2 there; docs/protocol.md, section 4): the
 * status, the text of a refusal and the validity period, each in a line that ends with LF, and the
 * certificates; or only the certificates, if they are binary.
 *
 * @param contentType the type of an answer with a status above 0
 * @param binary whether certificates come without the lines
 * @param showValidityPeriod whether the answer tells the validity period of a certificate
 */
public record Layout106(MediaType contentType, boolean binary, boolean showValidityPeriod)
    implements ResponseLayout {
  /** The layout of the answer to a request that asks for nothing in particular. */
  static final Layout106 DEFAULT = new Layout106(MediaType.TEXT_PLAIN, false, false);

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("dd/MM/uuuu", Locale.ROOT).withZone(ZoneOffset.UTC);

  @Override
  public CollectResponse write(CollectResult result) {
    EncodedCertificates data =
        result instanceof Attached attached ? attached.certificates() : EncodedCertificates.NONE;
    String head = binary && result instanceof Attached ? "" : lines(result);
    MediaType type = result.status().code() > 0 ? contentType : MediaType.TEXT_PLAIN;
    return new CollectResponse(result.status(), type, head, data, "");
  }

  private String lines(CollectResult result) {
    StringBuilder lines = new StringBuilder();
    lines.append(result.status().code()).append('\n');
    if (result instanceof Refused refused) {
      lines.append(Messages106.of(refused)).append('\n');
    }
    if (showValidityPeriod && result.period().isPresent()) {
      appendDays(result.period().get(), lines);
    }
    return lines.toString();
  }

  private static void appendDays(Period period, StringBuilder lines) {
    DAY.formatTo(period.notBefore(), lines);
    lines.append(' ');
    DAY.formatTo(period.notAfter(), lines);
    lines.append('\n');
  }
}
