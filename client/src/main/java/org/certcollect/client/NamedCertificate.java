package org.certcollect.client;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.certcollect.client.InvalidAnswerException.Kind;
import org.certcollect.protocol.format.Der;

/** A certificate with the names that tell who issued it. Nothing else in it is read. */
record NamedCertificate(Der der, Der issuer, Der subject) {
  static NamedCertificate of(byte[] bytes) throws InvalidAnswerException {
    DerElement certificate = DerElement.whole(bytes);
    DerElement body = certificate.child(0, DerElement.SEQUENCE);
    certificate.child(1, DerElement.SEQUENCE);
    certificate.child(2, DerElement.BIT_STRING);
    // Version 1 leaves the first field out (RFC 5280, section 4.1).
    int issuer = body.children().stream().anyMatch(NamedCertificate::isVersion) ? 3 : 2;
    return new NamedCertificate(
        certificate.der(),
        body.child(issuer, DerElement.SEQUENCE).der(),
        body.child(issuer + 2, DerElement.SEQUENCE).der());
  }

  private static boolean isVersion(DerElement field) {
    return field.tag() == DerElement.CONTEXT_0;
  }

  /**
   * Certificates without repetition in the order of a chain: the one that issued no other, its
   * issuer, and so on, then what is left. In their own order if there is no such one.
   */
  static List<Der> chain(List<byte[]> encoded) throws InvalidAnswerException {
    if (encoded.size() > DerElement.MAX_CHILDREN) {
      throw new InvalidAnswerException(Kind.TOO_LARGE);
    }
    Set<NamedCertificate> left = new LinkedHashSet<>();
    for (byte[] certificate : encoded) {
      left.add(of(certificate));
    }
    List<NamedCertificate> first = left.stream().filter(one -> one.issuedNone(left)).toList();
    List<NamedCertificate> chain = new ArrayList<>();
    if (first.size() == 1) {
      for (List<NamedCertificate> next = first; !next.isEmpty(); ) {
        NamedCertificate found = next.get(0);
        chain.add(found);
        left.remove(found);
        next = left.stream().filter(one -> one.subject.equals(found.issuer)).toList();
      }
    }
    chain.addAll(left);
    return chain.stream().map(NamedCertificate::der).toList();
  }

  private boolean issuedNone(Set<NamedCertificate> certificates) {
    return certificates.stream().noneMatch(one -> !one.equals(this) && one.issuer.equals(subject));
  }
}
