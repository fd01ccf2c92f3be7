package org.certcollect.store.x509;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** The name that a PKCS#10 request is made for. */
public final class RequestedName {
  private RequestedName() {}

  /**
   * The first DNS name of a request, otherwise its last common name; empty if it has neither.
   *
   * @param der a request that was read and checked before
   */
  public static Optional<String> of(byte[] der) {
    try {
      CertificationRequestInfo request =
          CertificationRequest.getInstance(der).getCertificationRequestInfo();
      return dnsName(request).or(() -> commonName(request.getSubject()));
    } catch (RuntimeException e) {
      // Attributes may have any form: they are not checked when a request comes in.
      return Optional.empty();
    }
  }

  private static Optional<String> dnsName(CertificationRequestInfo request) {
    return Stream.ofNullable(request.getAttributes())
        .flatMap(set -> Arrays.stream(set.toArray()))
        .map(Attribute::getInstance)
        .filter(a -> a.getAttrType().equals(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest))
        .flatMap(a -> Arrays.stream(a.getAttributeValues()))
        .map(Extensions::getInstance)
        .flatMap(
            e -> Stream.ofNullable(e.getExtensionParsedValue(Extension.subjectAlternativeName)))
        .flatMap(names -> Arrays.stream(GeneralNames.getInstance(names).getNames()))
        .filter(name -> name.getTagNo() == GeneralName.dNSName)
        .map(name -> name.getName().toString())
        .findFirst();
  }

  private static Optional<String> commonName(X500Name subject) {
    return Arrays.stream(subject.getRDNs(BCStyle.CN))
        .map(part -> part.getFirst().getValue())
        .map(IETFUtils::valueToString)
        .reduce((before, last) -> last);
  }
}
