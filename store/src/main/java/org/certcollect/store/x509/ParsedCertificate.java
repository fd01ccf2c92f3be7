package org.certcollect.store.x509;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.certcollect.store.domain.Digests;

/**
 * A certificate, read as far as handing it out and finding its issuers needs. The end entity's
 * certificate is passed on, not used, so this reader refuses only bytes that are no certificate:
 * unlike the JDK's it takes an empty subject, an extension that stands twice, and a key of any
 * kind. Two are equal when their bytes are. Immutable, so safe for use by many threads.
 */
public final class ParsedCertificate {
  private static final int VERSION = 0xA0;
  private static final int ISSUER_ID = 0x81;
  private static final int SUBJECT_ID = 0x82;
  private static final int EXTENSIONS = 0xA3;
  private static final int DNS_NAME = 0x82;
  private static final int KEY_IDENTIFIER = 0x80;
  private static final int BOOLEAN = 0x01;

  private final byte[] der;
  private final boolean isVersion1;
  private final DistinguishedName issuer;
  private final DistinguishedName subject;
  private final Instant notBefore;
  private final Instant notAfter;
  private final VerificationKey key;
  private final List<Extension> extensions;
  private final byte[] signed;
  private final SignatureAlgorithm signatureAlgorithm;
  private final byte[] signature;
  private final Certificate stored;

  /** An extension; its value is the content of the OCTET STRING. */
  record Extension(String oid, boolean isCritical, DerElement value) {
    static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
    static final String BASIC_CONSTRAINTS = "2.5.29.19";
    static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
  }

  private ParsedCertificate(byte[] der) {
    this.der = der;
    DerReader outer = new DerReader(der);
    DerReader certificate = outer.next(DerElement.SEQUENCE).reader();
    outer.requireEnd();
    DerElement body = certificate.next(DerElement.SEQUENCE);
    signed = body.encoded();
    signatureAlgorithm = SignatureAlgorithm.of(certificate.next(DerElement.SEQUENCE));
    signature = certificate.next(DerElement.BIT_STRING).bits();
    certificate.requireEnd();

    DerReader fields = body.reader();
    isVersion1 = fields.nextIf(VERSION).isEmpty();
    fields.skip(DerElement.INTEGER);
    fields.skip(DerElement.SEQUENCE);
    issuer = DistinguishedName.of(fields.next(DerElement.SEQUENCE));
    DerReader validity = fields.next(DerElement.SEQUENCE).reader();
    notBefore = Asn1Time.read(validity.next());
    notAfter = Asn1Time.read(validity.next());
    subject = DistinguishedName.of(fields.next(DerElement.SEQUENCE));
    key = new VerificationKey(fields.next(DerElement.SEQUENCE));
    var unusedIssuerId = fields.nextIf(ISSUER_ID);
    var unusedSubjectId = fields.nextIf(SUBJECT_ID);
    extensions = fields.nextIf(EXTENSIONS).map(ParsedCertificate::extensions).orElse(List.of());
    fields.requireEnd();
    stored =
        new Certificate(
            der,
            Digests.sha256(der),
            subject.der(),
            subject.commonName(),
            dnsName(),
            notBefore,
            notAfter);
  }

  /**
   * Reads a certificate.
   *
   * @param der the whole certificate, and nothing after it
   * @throws IllegalArgumentException when it is none; the message says why
   */
  public static ParsedCertificate of(byte[] der) {
    try {
      return new ParsedCertificate(der.clone());
    } catch (MalformedDerException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Reads again what the JDK has read. */
  public static ParsedCertificate of(X509Certificate certificate) {
    try {
      return of(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a parsed certificate keeps its bytes", e);
    }
  }

  /** The certificate as it is stored. */
  public Certificate stored() {
    return stored;
  }

  /** The certificate's bytes, exactly as they were given. */
  public byte[] der() {
    return der.clone();
  }

  public DistinguishedName issuer() {
    return issuer;
  }

  public DistinguishedName subject() {
    return subject;
  }

  Instant notBefore() {
    return notBefore;
  }

  Instant notAfter() {
    return notAfter;
  }

  boolean isValidAt(Instant instant) {
    return !instant.isBefore(notBefore) && !instant.isAfter(notAfter);
  }

  boolean isVersion1() {
    return isVersion1;
  }

  VerificationKey key() {
    return key;
  }

  List<Extension> extensions() {
    return extensions;
  }

  /** The first extension of that kind; another of it is a fault that clients may not forgive. */
  Optional<Extension> extension(String oid) {
    return extensions.stream().filter(extension -> extension.oid().equals(oid)).findFirst();
  }

  /** Whether the basic constraints say that it is a CA certificate; empty where they are absent. */
  Optional<Boolean> saysThatItIsCa() {
    return extension(Extension.BASIC_CONSTRAINTS).map(ParsedCertificate::isCa);
  }

  /** The identifier of its own key, where it has one. */
  Optional<byte[]> subjectKeyIdentifier() {
    return extension(Extension.SUBJECT_KEY_IDENTIFIER)
        .flatMap(
            extension -> lenient(() -> extension.value().wrapped().nextIf(DerElement.OCTET_STRING)))
        .map(DerElement::content);
  }

  /** The identifier of its issuer's key, where it has one. */
  Optional<byte[]> authorityKeyIdentifier() {
    return extension(Extension.AUTHORITY_KEY_IDENTIFIER)
        .flatMap(
            extension ->
                lenient(
                    () ->
                        extension
                            .value()
                            .wrapped()
                            .next(DerElement.SEQUENCE)
                            .reader()
                            .nextIf(KEY_IDENTIFIER)))
        .map(DerElement::content);
  }

  /** Checks its signature with the key of a possible issuer. */
  SignatureCheck checkSignature(VerificationKey issuerKey) {
    return issuerKey.check(signatureAlgorithm, signed, signature);
  }

  /**
   * How messages call it: by its common name, its subject, a DNS name, or its fingerprint. Line
   * ends, other control characters and marks that turn the direction of writing are escaped as in
   * Java, so that no name forges a line of output.
   */
  String shown() {
    String name =
        subject
            .commonName()
            .or(() -> Optional.of(subject.text()).filter(text -> !text.isEmpty()))
            .or(stored::dnsName)
            .orElseGet(stored::fingerprint);
    return '"' + escaped(name) + '"';
  }

  private static String escaped(String name) {
    StringBuilder escaped = new StringBuilder(name.length());
    name.codePoints()
        .forEach(
            c -> {
              switch (Character.getType(c)) {
                case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    escaped.append(String.format(Locale.ROOT, "\\u%04X", c));
                default -> escaped.appendCodePoint(c);
              }
            });
    return escaped.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ParsedCertificate that && stored.equals(that.stored);
  }

  @Override
  public int hashCode() {
    return stored.hashCode();
  }

  @Override
  public String toString() {
    return shown();
  }

  private static List<Extension> extensions(DerElement wrapper) {
    List<Extension> extensions = new ArrayList<>();
    for (DerReader list = wrapper.reader().next(DerElement.SEQUENCE).reader(); list.hasNext(); ) {
      DerReader fields = list.next(DerElement.SEQUENCE).reader();
      String oid = fields.next(DerElement.OID).oid();
      boolean isCritical =
          fields.nextIf(BOOLEAN).filter(flag -> !flag.contentIs(new byte[1])).isPresent();
      extensions.add(new Extension(oid, isCritical, fields.next(DerElement.OCTET_STRING)));
      fields.requireEnd();
    }
    return List.copyOf(extensions);
  }

  private static boolean isCa(Extension extension) {
    return lenient(
            () -> extension.value().wrapped().next(DerElement.SEQUENCE).reader().nextIf(BOOLEAN))
        .filter(flag -> !flag.contentIs(new byte[1]))
        .isPresent();
  }

  /** The first DNS name; names of other kinds beside it may be of any form. */
  private Optional<String> dnsName() {
    return extension(Extension.SUBJECT_ALTERNATIVE_NAME)
        .flatMap(
            extension ->
                lenient(
                    () -> {
                      DerReader names =
                          extension.value().wrapped().next(DerElement.SEQUENCE).reader();
                      while (names.hasNext()) {
                        DerElement name = names.next();
                        if (name.tag() == DNS_NAME && name.content().length > 0) {
                          return Optional.of(name);
                        }
                      }
                      return Optional.empty();
                    }))
        .map(name -> new String(name.content(), StandardCharsets.ISO_8859_1));
  }

  /** The content of an extension; empty if its value does not have the form that it should. */
  private static <T> Optional<T> lenient(Reading<T> reading) {
    try {
      return reading.read();
    } catch (MalformedDerException e) {
      return Optional.empty();
    }
  }

  @FunctionalInterface
  private interface Reading<T> {
    Optional<T> read();
  }
}
