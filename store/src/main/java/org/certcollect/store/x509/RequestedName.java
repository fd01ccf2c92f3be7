package org.certcollect.store.x509;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.certcollect.store.domain.OrderValidation;

/** The name that a PKCS#10 request is made for. */
public final class RequestedName {
  /** The attributes that hold extensions: that of RFC 2985, section 5.4.2, and Microsoft's. */
  private static final Set<ASN1Encodable> EXTENSION_REQUESTS =
      Set.of(
          PKCSObjectIdentifiers.pkcs_9_at_extensionRequest,
          new ASN1ObjectIdentifier("1.3.6.1.4.1.311.2.1.14"));

  private RequestedName() {}

  /**
   * The domain name that a request is for; empty text if it names none.
   *
   * @param der a request that was read and checked before
   */
  public static String domain(byte[] der) {
    return Asn1.prefix(der).flatMap(Asn1.Prefix::first).map(RequestedName::domain).orElse("");
  }

  static String domain(ASN1Encodable body) {
    return of(body).filter(OrderValidation::isDomain).orElse("");
  }

  /**
   * The first DNS name of a request's body, otherwise its last common name; empty if it has
   * neither. Attributes may have any form, as they are not checked when a request comes in.
   */
  static Optional<String> of(ASN1Encodable element) {
    return alternativeNames(element)
        .flatMap(names -> Asn1.dnsName(names).stream())
        .findFirst()
        .or(() -> subject(element).flatMap(DistinguishedName::commonName));
  }

  /** The subject of a request's body; empty if it cannot be read. */
  static Optional<DistinguishedName> subject(ASN1Encodable body) {
    try {
      return Optional.of(new DistinguishedName(ASN1Sequence.getInstance(body).getObjectAt(1)));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** The subject alternative names that a request's body asks for. */
  static Stream<ASN1OctetString> alternativeNames(ASN1Encodable body) {
    return Asn1.elements(body)
        .flatMap(RequestedName::attributes)
        .filter(attribute -> EXTENSION_REQUESTS.contains(attribute.getObjectAt(0)))
        .flatMap(attribute -> Asn1.elements(attribute.getObjectAt(1)))
        .flatMap(Asn1::elements)
        .flatMap(extension -> alternativeName(extension).stream());
  }

  private static Stream<ASN1Sequence> attributes(ASN1Encodable element) {
    if (!(element instanceof ASN1TaggedObject tagged && tagged.hasContextTag(0))) {
      return Stream.empty();
    }
    try {
      return Asn1.elements(ASN1Set.getInstance(tagged, false))
          .filter(ASN1Sequence.class::isInstance)
          .map(ASN1Sequence.class::cast)
          .filter(attribute -> Asn1.elements(attribute).count() == 2);
    } catch (IllegalStateException | IllegalArgumentException e) {
      // The tag is primitive, so it holds no attributes.
      return Stream.empty();
    }
  }

  private static Optional<ASN1OctetString> alternativeName(ASN1Encodable extension) {
    ASN1Encodable[] parts = Asn1.elements(extension).toArray(ASN1Encodable[]::new);
    return parts.length > 1
            && parts[0].equals(Extension.subjectAlternativeName)
            && parts[parts.length - 1] instanceof ASN1OctetString names
        ? Optional.of(names)
        : Optional.empty();
  }
}
