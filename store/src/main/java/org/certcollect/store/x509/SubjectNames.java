package org.certcollect.store.x509;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** The names by which people know a certificate. */
final class SubjectNames {
  private static final int DNS_NAME = 2;

  private SubjectNames() {}

  /** The last, most specific common name of a name. */
  static Optional<String> commonName(X500Principal name) {
    Optional<String> last = Optional.empty();
    for (Rdn rdn : rdns(name)) {
      // A part of a name may hold several attributes.
      Optional<String> found = commonName(rdn);
      last = found.isPresent() ? found : last;
    }
    return last;
  }

  /** The first dNSName of the subject alternative names. */
  static Optional<String> dnsName(X509Certificate certificate) {
    try {
      var names = certificate.getSubjectAlternativeNames();
      return names == null
          ? Optional.empty()
          : names.stream()
              .filter(name -> name.get(0).equals(DNS_NAME))
              .map(name -> (String) name.get(1))
              .findFirst();
    } catch (CertificateParsingException e) {
      return Optional.empty();
    }
  }

  /** How messages call a certificate: by its common name, or its whole subject. */
  static String shown(X509Certificate certificate) {
    X500Principal subject = certificate.getSubjectX500Principal();
    return '"' + commonName(subject).orElseGet(subject::getName) + '"';
  }

  private static List<Rdn> rdns(X500Principal name) {
    try {
      return new LdapName(name.getName(X500Principal.RFC2253)).getRdns();
    } catch (InvalidNameException e) {
      return List.of();
    }
  }

  private static Optional<String> commonName(Rdn rdn) {
    Attribute attribute = rdn.toAttributes().get("CN");
    if (attribute == null) {
      return Optional.empty();
    }
    try {
      return attribute.get() instanceof String text ? Optional.of(text) : Optional.empty();
    } catch (NamingException e) {
      return Optional.empty();
    }
  }
}
