package org.certcollect.store.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.certcollect.store.x509.ShapedCertificate.key;
import static org.certcollect.store.x509.ShapedCertificate.keys;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.DERUniversalString;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.jdbc.sqlite.SqliteStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names are compared as RFC 5280, section 7.1 says, not byte by byte. */
class DistinguishedNameTest {
  private static final KeyPair CA_KEYS = keys("secp256r1");
  private static final List<ASN1Encodable> SPELLINGS =
      List.of(
          new DERPrintableString("Example Root CA"),
          new DERUTF8String("Example Root CA"),
          new DERUTF8String("EXAMPLE root ca"),
          new DERPrintableString("  Example   Root CA "),
          new DERT61String("Example Root CA"),
          new DERIA5String("Example Root CA"),
          new DERBMPString("Example Root CA"),
          new DERUniversalString("Example Root CA".getBytes(Charset.forName("UTF-32BE"))));

  @TempDir private Path folder;

  @Test
  void theStringTypeTheCaseAndTheBlanksMakeNoDifference() {
    for (ASN1Encodable spelling : SPELLINGS) {
      assertThat(read(name(spelling)))
          .isEqualTo(read(name(SPELLINGS.get(0))))
          .hasSameHashCodeAs(read(name(SPELLINGS.get(0))));
    }
    assertThat(read(name(new DERBMPString("\u00C4rger \uFF21"))))
        .isEqualTo(read(name(new DERUTF8String("a\u0308RGER a"))));
  }

  @Test
  void otherNamesAreOtherNames() {
    X500Name name = name(new DERUTF8String("Example Root CA"));
    for (X500Name other :
        List.of(
            name(new DERUTF8String("ExampleRoot CA")),
            name(new DERUTF8String("Example Root CB")),
            new X500Name("CN=Example Root CA"),
            new X500Name("O=Org,CN=Example Root CA,OU=x"),
            new X500Name("CN=Example Root CA,O=Org"),
            new X500Name("O=Example Root CA,CN=Org"),
            new X500Name(new RDN[0]))) {
      assertThat(read(other)).isNotEqualTo(read(name));
    }
  }

  @Test
  void theAttributesOfOnePartHaveNoOrder() {
    ASN1ObjectIdentifier[] types = {BCStyle.CN, BCStyle.OU};
    ASN1ObjectIdentifier[] turned = {BCStyle.OU, BCStyle.CN};
    X500Name one = new X500NameBuilder().addMultiValuedRDN(types, new String[] {"a", "b"}).build();
    X500Name two = new X500NameBuilder().addMultiValuedRDN(turned, new String[] {"b", "a"}).build();

    assertThat(read(one)).isEqualTo(read(two));
  }

  @Test
  void theCommonNameIsReadInEveryStringType() {
    for (ASN1Encodable spelling : SPELLINGS.subList(4, SPELLINGS.size())) {
      assertThat(read(name(spelling)).commonName()).contains("Example Root CA");
    }
  }

  /** An e-mail address was shown as {@code 1.2.840.113549.1.9.1=#16116a61...}. */
  @Test
  void textHasWordsForTheAttributesThatPeopleMeet() {
    X500Name person =
        new X500NameBuilder()
            .addRDN(BCStyle.UID, "jd1")
            .addRDN(BCStyle.GIVENNAME, "Jane")
            .addRDN(BCStyle.SURNAME, "Doe")
            .addRDN(BCStyle.EmailAddress, new DERIA5String("jane@acme.example"))
            .build();
    assertThat(read(person).text())
        .isEqualTo("emailAddress=jane@acme.example,surname=Doe,givenName=Jane,UID=jd1");
    X500Name company =
        new X500NameBuilder()
            .addRDN(BCStyle.JURISDICTION_C, "GB")
            .addRDN(BCStyle.JURISDICTION_ST, "Kent")
            .addRDN(BCStyle.JURISDICTION_L, "Dover")
            .addRDN(BCStyle.BUSINESS_CATEGORY, "Private Organization")
            .addRDN(BCStyle.SERIALNUMBER, "0042")
            .addRDN(BCStyle.O, "Acme, Ltd")
            .build();
    assertThat(read(company).text())
        .isEqualTo(
            "O=Acme\\, Ltd,serialNumber=0042,businessCategory=Private Organization,"
                + "jurisdictionL=Dover,jurisdictionST=Kent,jurisdictionC=GB");
  }

  @Test
  void textOfAnUnknownAttributeKeepsItsNumber() {
    X500Name name =
        new X500NameBuilder()
            .addRDN(new ASN1ObjectIdentifier("1.2.3.4"), new DERUTF8String("x"))
            .build();
    assertThat(read(name).text()).isEqualTo("1.2.3.4=#0c0178");
  }

  /** The JDK refuses an attribute with more than a type and a value. */
  @Test
  void textThatTheJdkDoesNotWriteHasTheSameWords() throws IOException {
    ASN1Encodable[] attribute = {
      BCStyle.EmailAddress, new DERIA5String("jane@acme.example"), DERNull.INSTANCE
    };
    byte[] der = new DERSequence(new DERSet(new DERSequence(attribute))).getEncoded();
    assertThatThrownBy(() -> new X500Principal(der)).isInstanceOf(IllegalArgumentException.class);
    assertThat(DistinguishedName.of(der).text()).isEqualTo("emailAddress=jane@acme.example");
  }

  @Test
  void bytesThatAreNoNameAreRefused() {
    assertThatThrownBy(() -> DistinguishedName.of(new byte[] {0x30, 2, 0x31}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** "Is not stored" was said of an issuer that was stored, and a short chain was served. */
  @Test
  void anIssuerWhoseNameIsWrittenOtherwiseIsFoundAndOpenSslAgrees() {
    OpenSslJudge openSsl = new OpenSslJudge(folder);
    ParsedCertificate root = root(name(SPELLINGS.get(0)));
    try (Store store = SqliteStore.open(folder.resolve("store.sqlite"), Clock.systemUTC())) {
      store.caCertificates().add(root.stored(), new Actor("test"));
      for (ASN1Encodable spelling : SPELLINGS) {
        ParsedCertificate leaf = leaf(name(spelling));

        VerifiedChain completed =
            new ChainBuilder(store.caCertificates()).build(List.of(leaf), List.of());
        assertThat(completed.issuers()).containsExactly(root.stored());
        assertThat(new GivenChain(UnknownAlgorithms.REFUSE).verify(List.of(leaf), List.of(root)))
            .isEqualTo(completed);
        if (!(spelling instanceof DERUniversalString)) {
          openSsl.verifies(completed);
        }
      }
    }
  }

  private static ParsedCertificate root(X500Name name) {
    return new ShapedCertificate(name, name, key(CA_KEYS), -1, 90)
        .ca(true)
        .sign("SHA256withECDSA", CA_KEYS.getPrivate());
  }

  private static ParsedCertificate leaf(X500Name issuer) {
    return new ShapedCertificate(issuer, new X500Name("CN=www"), key(keys("secp256r1")), -1, 90)
        .ca(false)
        .sign("SHA256withECDSA", CA_KEYS.getPrivate());
  }

  private static X500Name name(ASN1Encodable commonName) {
    return new X500NameBuilder()
        .addRDN(BCStyle.O, new DERUTF8String("Org"))
        .addRDN(BCStyle.CN, commonName)
        .build();
  }

  private static DistinguishedName read(X500Name name) {
    try {
      return DistinguishedName.of(name.getEncoded());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
