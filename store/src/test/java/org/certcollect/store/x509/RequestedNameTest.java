package org.certcollect.store.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.store.x509.ShapedCertificate.PROVIDER;
import static org.certcollect.store.x509.ShapedCertificate.key;
import static org.certcollect.store.x509.ShapedCertificate.keys;
import static org.certcollect.store.x509.ShapedCertificate.name;

import java.security.KeyPair;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;

class RequestedNameTest {
  /**
   * Broke once: the library threw, and no store with such a request could be brought up to date.
   */
  @Test
  void attributesInAPrimitiveTagAreNone() {
    DERTaggedObject attributes = new DERTaggedObject(false, 0, new DEROctetString(new byte[1]));

    assertThat(RequestedName.alternativeNames(new DERSequence(attributes))).isEmpty();
  }

  private static byte[] request(String subject, ASN1Encodable... extensions) throws Exception {
    return request(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, subject, extensions);
  }

  private static byte[] request(
      ASN1ObjectIdentifier attribute, String subject, ASN1Encodable... extensions)
      throws Exception {
    KeyPair keys = keys("secp256r1");
    PKCS10CertificationRequestBuilder request =
        new PKCS10CertificationRequestBuilder(name(subject), key(keys));
    for (ASN1Encodable each : extensions) {
      request.addAttribute(attribute, each);
    }
    return request
        .build(
            new JcaContentSignerBuilder("SHA256withECDSA")
                .setProvider(PROVIDER)
                .build(keys.getPrivate()))
        .getEncoded();
  }

  private static Extensions names(GeneralName... names) throws Exception {
    return new Extensions(
        new Extension(
            Extension.subjectAlternativeName,
            false,
            new DEROctetString(new GeneralNames(names).getEncoded())));
  }

  @Test
  void theFirstDnsNameIsTaken() throws Exception {
    byte[] request =
        request(
            "CN=common.example.com",
            names(
                new GeneralName(GeneralName.rfc822Name, "a@example.com"),
                new GeneralName(GeneralName.dNSName, "www.example.com"),
                new GeneralName(GeneralName.dNSName, "example.com")));

    assertThat(RequestedName.domain(request)).isEqualTo("www.example.com");
  }

  @Test
  void withoutADnsNameTheLastCommonNameIsTaken() throws Exception {
    assertThat(RequestedName.domain(request("CN=a,CN=b"))).isEqualTo("b");
    assertThat(RequestedName.domain(request("O=only"))).isEmpty();
    assertThat(
            RequestedName.domain(
                request("CN=c", names(new GeneralName(GeneralName.iPAddress, "192.0.2.1")))))
        .isEqualTo("c");
  }

  @Test
  void aNameThatIsNoDomainIsNotTaken() throws Exception {
    assertThat(RequestedName.domain(request("CN=Jane Doe"))).isEmpty();
  }

  @Test
  void aRequestOfAnotherFormHasNoName() throws Exception {
    assertThat(RequestedName.domain(new byte[] {1, 2, 3})).isEmpty();
    assertThat(RequestedName.domain(new byte[0])).isEmpty();
  }

  /** Other parts of a request may have any form. */
  @Test
  void oddPartsHideNeitherNameOfTheRequest() throws Exception {
    Extensions good = names(new GeneralName(GeneralName.dNSName, "www.example.com"));
    Extension noNames =
        new Extension(
            Extension.subjectAlternativeName, false, new DEROctetString(new byte[] {1, 2, 3}));
    ASN1Encodable noDirectoryName =
        new DERSequence(
            new ASN1Encodable[] {
              new DERTaggedObject(true, GeneralName.directoryName, DERNull.INSTANCE),
              new DERTaggedObject(false, GeneralName.dNSName, new DERIA5String("")),
              new DERTaggedObject(false, GeneralName.dNSName, new DERIA5String("www.example.com"))
            });
    ASN1Encodable twice =
        new DERSequence(
            new ASN1Encodable[] {noNames, good.getExtension(Extension.subjectAlternativeName)});
    ASN1Encodable odd =
        new Extensions(
            new Extension(
                Extension.subjectAlternativeName,
                false,
                new DEROctetString(noDirectoryName.toASN1Primitive().getEncoded())));

    assertThat(RequestedName.domain(request("CN=x", odd))).isEqualTo("www.example.com");
    assertThat(RequestedName.domain(request("CN=x", twice))).isEqualTo("www.example.com");
    assertThat(RequestedName.domain(request("CN=x", DERNull.INSTANCE, good)))
        .isEqualTo("www.example.com");
    assertThat(RequestedName.domain(request("CN=x", DERNull.INSTANCE))).isEqualTo("x");
    assertThat(RequestedName.domain(request("CN=x", new Extensions(noNames)))).isEqualTo("x");
    assertThat(
            RequestedName.domain(request("CN=x", names(new GeneralName(GeneralName.dNSName, "")))))
        .isEqualTo("x");
  }

  @Test
  void theAttributeOfMicrosoftIsRead() throws Exception {
    Extensions names = names(new GeneralName(GeneralName.dNSName, "www.example.com"));

    assertThat(
            RequestedName.domain(
                request(new ASN1ObjectIdentifier("1.3.6.1.4.1.311.2.1.14"), "CN=x", names)))
        .isEqualTo("www.example.com");
  }
}
