package org.certcollect.cli.pki;

import java.security.PublicKey;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * Who a certificate is for.
 *
 * @param names its alternative names; empty for none
 */
public record Subject(X500Name name, PublicKey key, List<GeneralName> names) {
  public Subject {
    names = List.copyOf(names);
  }

  /** A host, under its DNS names; the first is its common name, too. */
  public static Subject host(PublicKey key, String... names) {
    return new Subject(
        new X500Name("CN=" + names[0]),
        key,
        List.of(names).stream().map(name -> new GeneralName(GeneralName.dNSName, name)).toList());
  }

  /** A person with an e-mail address. */
  public static Subject person(PublicKey key, String name, String email) {
    return new Subject(
        new X500Name("CN=" + name), key, List.of(new GeneralName(GeneralName.rfc822Name, email)));
  }
}
