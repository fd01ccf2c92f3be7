package org.certcollect.store.x509;

import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.certcollect.store.domain.Digests;
import org.certcollect.store.x509.Asn1.Prefix;
import org.certcollect.store.x509.Asn1.Signed;

/**
 * A certificate, read as far as handing it out and finding its issuers needs. The end entity's
 * certificate is passed on, not used, so only bytes that are no certificate are refused: an empty
 * subject, an extension that stands twice and a key of any kind are taken. Two are equal when their
 * bytes are. Immutable, so safe for use by many threads.
 */
public final class ParsedCertificate {
  private static final int EXTENSIONS = 3;
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  private final Signed signed;
  private final boolean isVersion1;
  private final BigInteger serial;
  private final DistinguishedName issuer;
  private final DistinguishedName subject;
  private final VerificationKey key;
  private final List<Extension> extensions;
  private final Certificate stored;

  private ParsedCertificate(byte[] der, Prefix whole) throws IOException {
    signed = Signed.of(der, whole);
    ASN1Sequence body = signed.body();
    isVersion1 = isVersion1(body);
    int at = isVersion1 ? 0 : 1;
    serial = ASN1Integer.getInstance(body.getObjectAt(at)).getValue();
    issuer = new DistinguishedName(body.getObjectAt(at + 2));
    List<BerElement> validity =
        BerElement.of(ASN1Sequence.getInstance(body.getObjectAt(at + 3)).getEncoded()).elements();
    subject = new DistinguishedName(body.getObjectAt(at + 4));
    key = key(body);
    extensions = extensions(body, at + 6);
    stored =
        new Certificate(
            der,
            Digests.sha256(der),
            subject.der(),
            subject.commonName(),
            dnsName(),
            CertificateTime.read(validity.get(0)),
            CertificateTime.read(validity.get(1)));
    stored.keepSearchTerms(SearchTerms.of(this));
  }

  /**
   * Reads a certificate.
   *
   * @param der the whole certificate, and nothing after it
   * @throws IllegalArgumentException when it is none
   */
  public static ParsedCertificate of(byte[] der) {
    return of(der, Asn1.prefix(der));
  }

  /** Reads a certificate after its {@link Asn1#prefix}. */
  static ParsedCertificate of(byte[] der, Optional<Prefix> whole) {
    try {
      return new ParsedCertificate(der, whole.orElseThrow());
    } catch (IOException | RuntimeException e) {
      // Bouncy Castle has many exceptions for what has another form, and names its classes in them.
      throw new UnreadableException("its bytes are not those of an X.509 certificate");
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

  /** All extensions, in their order; {@code Extensions} of Bouncy Castle takes none twice. */
  private static List<Extension> extensions(ASN1Sequence body, int from) {
    List<Extension> extensions = new ArrayList<>();
    for (int i = from; i < body.size(); i++) {
      ASN1TaggedObject tagged = ASN1TaggedObject.getInstance(body.getObjectAt(i));
      if (tagged.hasContextTag(EXTENSIONS)) {
        ASN1Sequence.getInstance(tagged, true)
            .forEach(extension -> extensions.add(Extension.getInstance(extension)));
      }
    }
    return List.copyOf(extensions);
  }

  /** The key of a certificate of which nothing else is read: a tenth of the work. */
  static VerificationKey key(byte[] der) throws IOException {
    return key(Signed.of(der).body());
  }

  private static VerificationKey key(ASN1Sequence body) throws IOException {
    return new VerificationKey(spki(body));
  }

  private static ASN1Encodable spki(ASN1Sequence body) {
    return body.getObjectAt(isVersion1(body) ? 5 : 6);
  }

  private static boolean isVersion1(ASN1Sequence body) {
    return !(body.getObjectAt(0) instanceof ASN1TaggedObject);
  }

  byte[] publicKey() {
    try {
      return spki(signed.body()).toASN1Primitive().getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException("a parsed certificate has an encoding", e);
    }
  }

  /** The certificate as it is stored. */
  public Certificate stored() {
    return stored;
  }

  /** The certificate's bytes, exactly as they were given. */
  public byte[] der() {
    return stored.der();
  }

  /** The kind and size of its key, for example {@code RSA 2048} or {@code EC P-256}. */
  public String keyType() {
    return key.type();
  }

  /** Its subject alternative names as text: DNS names, addresses, URIs and IP addresses. */
  public List<String> alternativeNames() {
    return extension(Extension.subjectAlternativeName).stream()
        .flatMap(names -> Asn1.alternativeNames(names.getExtnValue()))
        .toList();
  }

  public BigInteger serial() {
    return serial;
  }

  public DistinguishedName issuer() {
    return issuer;
  }

  public DistinguishedName subject() {
    return subject;
  }

  Instant notBefore() {
    return stored.notBefore();
  }

  Instant notAfter() {
    return stored.notAfter();
  }

  boolean isValidAt(Instant instant) {
    return !instant.isBefore(notBefore()) && !instant.isAfter(notAfter());
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
  Optional<Extension> extension(ASN1ObjectIdentifier oid) {
    return extensions.stream().filter(extension -> extension.getExtnId().equals(oid)).findFirst();
  }

  /** Whether the basic constraints say that it is a CA certificate; empty if they are absent. */
  Optional<Boolean> saysThatItIsCa() {
    return extension(Extension.basicConstraints)
        .map(there -> lenient(there, v -> BasicConstraints.getInstance(v).isCA()).orElse(false));
  }

  /** The object identifiers of its extended key usage; empty if it may be used for anything. */
  public Set<String> extendedKeyUsages() {
    Set<String> uses = new TreeSet<>();
    extension(Extension.extendedKeyUsage)
        .flatMap(there -> lenient(there, ExtendedKeyUsage::getInstance))
        .ifPresent(usage -> Arrays.stream(usage.getUsages()).forEach(u -> uses.add(u.getId())));
    return uses;
  }

  /** The identifier of its own key, if it has one. */
  Optional<byte[]> subjectKeyIdentifier() {
    return extension(Extension.subjectKeyIdentifier)
        .flatMap(there -> lenient(there, value -> ASN1OctetString.getInstance(value).getOctets()));
  }

  /** The identifier of its issuer's key, if it has one. */
  Optional<byte[]> authorityKeyIdentifier() {
    return extension(Extension.authorityKeyIdentifier)
        .flatMap(there -> lenient(there, AuthorityKeyIdentifier::getInstance))
        .map(AuthorityKeyIdentifier::getKeyIdentifierOctets);
  }

  private Optional<String> dnsName() {
    return extension(Extension.subjectAlternativeName)
        .flatMap(names -> Asn1.dnsName(names.getExtnValue()));
  }

  /** Reads an extension's value; empty if the value does not have the form that it should. */
  private static <T> Optional<T> lenient(Extension extension, Function<ASN1Encodable, T> reader) {
    try {
      return Optional.of(reader.apply(extension.getParsedValue()));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /** Checks its signature with the key of a possible issuer. */
  SignatureCheck checkSignature(VerificationKey issuerKey) {
    return issuerKey.check(signed);
  }

  /**
   * The name in messages: the common name, the subject, a DNS name, or the fingerprint. Line ends,
   * other control characters and marks that turn the direction of writing are escaped as in Java,
   * so that no name forges a line of output.
   */
  String shown() {
    String name =
        subject
            .commonName()
            .or(() -> Optional.of(subject.text()).filter(text -> !text.isEmpty()))
            .or(stored::dnsName)
            .orElseGet(stored::fingerprint);
    return '"'
        + UNPRINTABLE
            .matcher(name)
            .replaceAll(c -> String.format(Locale.ROOT, "\\\\u%04X", c.group().codePointAt(0)))
        + '"';
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
}
