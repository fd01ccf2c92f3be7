package org.certcollect.store.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.store.x509.ShapedCertificate.PROVIDER;
import static org.certcollect.store.x509.ShapedCertificate.key;
import static org.certcollect.store.x509.ShapedCertificate.keys;
import static org.certcollect.store.x509.ShapedCertificate.name;

import java.security.KeyPair;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;

class RequestedNameTest {
  private static byte[] request(String subject, ASN1Encodable... extensions) throws Exception {
    KeyPair keys = keys("secp256r1");
    PKCS10CertificationRequestBuilder request =
        new PKCS10CertificationRequestBuilder(name(subject), key(keys));
    for (ASN1Encodable each : extensions) {
      request.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, each);
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

    assertThat(RequestedName.of(request)).contains("www.example.com");
  }

  @Test
  void withoutADnsNameTheLastCommonNameIsTaken() throws Exception {
    assertThat(RequestedName.of(request("CN=a,CN=b"))).contains("b");
    assertThat(RequestedName.of(request("O=only"))).isEmpty();
    assertThat(
            RequestedName.of(
                request("CN=c", names(new GeneralName(GeneralName.iPAddress, "192.0.2.1")))))
        .contains("c");
  }

  @Test
  void aRequestOfAnotherFormHasNoName() throws Exception {
    assertThat(RequestedName.of(new byte[] {1, 2, 3})).isEmpty();
    assertThat(RequestedName.of(new byte[0])).isEmpty();
    assertThat(RequestedName.of(request("CN=x", DERNull.INSTANCE))).isEmpty();
  }
}
