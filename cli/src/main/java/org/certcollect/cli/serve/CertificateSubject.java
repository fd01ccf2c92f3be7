package org.certcollect.cli.serve;

import java.security.PublicKey;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * The subject of a certificate.
 *
 * @param names the alternative names; may be empty
 */
public record CertificateSubject(X500Name name, PublicKey key, List<GeneralName> names) {
  public CertificateSubject {
    names = List.copyOf(names);
  }

  /** A host with DNS names. The first name is also the common name. */
  public static CertificateSubject host(PublicKey key, String... names) {
    return new CertificateSubject(
        new X500Name("CN=" + names[0]),
        key,
        List.of(names).stream().map(name -> new GeneralName(GeneralName.dNSName, name)).toList());
  }

  /** A person with an e-mail address. */
  public static CertificateSubject person(PublicKey key, String name, String email) {
    return new CertificateSubject(
        new X500Name("CN=" + name), key, List.of(new GeneralName(GeneralName.rfc822Name, email)));
  }
}
