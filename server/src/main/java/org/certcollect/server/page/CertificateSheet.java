package org.certcollect.server.page;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.certcollect.protocol.CertificateForm;
import org.certcollect.protocol.EncodedCertificates;
import org.certcollect.protocol.format.IssuedCertificate;
import org.certcollect.server.html.Html;
import org.certcollect.server.html.Template;
import org.certcollect.store.x509.ParsedCertificate;

/**
 * The part of a page that depends only on its certificate, as HTML in one language: the details
 * that a person sees, and the commands with the names of its files. Like other forms it is cached,
 * so that a certificate is parsed once for many pages.
 *
 * @param template has places for the details and the name of the files
 */
record CertificateSheet(PageTexts texts, Template template) implements CertificateForm {
  private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

  @Override
  public String title() {
    return "PAGE";
  }

  @Override
  public EncodedCertificates encode(IssuedCertificate issued) {
    StringBuilder rows = new StringBuilder();
    Optional<ParsedCertificate> parsed = parsed(issued);
    parsed.ifPresent(certificate -> append(certificate, rows));
    Html file = Html.text(issued.fileName(parsed.flatMap(CertificateSheet::commonName), ""));
    Html sheet = template.fill(Map.of("sheet", new Html(rows.toString()), "file", file));
    return EncodedCertificates.of(sheet.markup().getBytes(US_ASCII));
  }

  /** The common name, which is a person's; empty if there is a DNS name, which names files then. */
  static Optional<String> person(IssuedCertificate issued) {
    return issued.dnsName().isPresent()
        ? Optional.empty()
        : parsed(issued).flatMap(CertificateSheet::commonName);
  }

  private static Optional<String> commonName(ParsedCertificate certificate) {
    return certificate.stored().commonName();
  }

  /** Empty for bytes that are no certificate, which an older store may have. */
  private static Optional<ParsedCertificate> parsed(IssuedCertificate issued) {
    try {
      return Optional.of(ParsedCertificate.of(issued.endEntity().bytes()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void append(ParsedCertificate certificate, StringBuilder rows) {
    byte[] der = certificate.der();
    append("subject", List.of(certificate.subject().text()), rows);
    append("names", certificate.alternativeNames(), rows);
    append("issuer", List.of(certificate.issuer().text()), rows);
    append("from", List.of(time(certificate.stored().notBefore())), rows);
    append("until", List.of(time(certificate.stored().notAfter())), rows);
    append("key", List.of(certificate.keyType()), rows);
    append("serial", List.of(COLONS.formatHex(certificate.serial().toByteArray())), rows);
    append("sha256", List.of(digest("SHA-256", der)), rows);
    append("sha1", List.of(digest("SHA-1", der)), rows);
  }

  private void append(String label, List<String> values, StringBuilder rows) {
    if (!String.join("", values).isEmpty()) {
      rows.append("<dt>").append(texts.html("sheet." + label).markup()).append("</dt>");
      values.forEach(v -> rows.append("<dd>").append(Html.text(v).markup()).append("</dd>"));
      rows.append('\n');
    }
  }

  private String time(Instant instant) {
    return texts.time(instant);
  }

  /** Windows shows SHA-1; it tells certificates apart, and protects nothing here. */
  private static String digest(String algorithm, byte[] der) {
    try {
      return COLONS.formatHex(MessageDigest.getInstance(algorithm).digest(der));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
