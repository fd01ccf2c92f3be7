package org.certcollect.cli.serve;

import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * A certification authority for tests and demonstrations.
 *
 * @param issuers its chain: its own certificate first, the root last
 */
public record Authority(X500Name name, KeyPair keys, List<X509Certificate> issuers) {
  public Authority {
    issuers = List.copyOf(issuers);
  }

  /** Creates a root authority. */
  public static Authority root(String commonName, KeyPair keys, CertificateLifetime validity) {
    CertificateSubject subject = ca(commonName, keys.getPublic());
    return new Authority(
        subject.name(),
        keys,
        List.of(CertificateMaker.make(subject, subject.name(), keys.getPrivate(), validity, true)));
  }

  /** Creates an authority below this one. */
  public Authority subordinate(String commonName, KeyPair itsKeys, CertificateLifetime validity) {
    CertificateSubject subject = ca(commonName, itsKeys.getPublic());
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(CertificateMaker.make(subject, name, keys.getPrivate(), validity, true));
    chain.addAll(issuers);
    return new Authority(subject.name(), itsKeys, chain);
  }

  /** Issues a certificate for an end entity, and returns it with its chain. */
  public List<X509Certificate> issue(CertificateSubject subject, CertificateLifetime validity) {
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(CertificateMaker.make(subject, name, keys.getPrivate(), validity, false));
    chain.addAll(issuers);
    return chain;
  }

  /** Creates a self-signed certificate. */
  public static X509Certificate selfSigned(
      CertificateSubject subject, KeyPair keys, CertificateLifetime validity) {
    return CertificateMaker.make(subject, subject.name(), keys.getPrivate(), validity, false);
  }

  private static CertificateSubject ca(String commonName, PublicKey key) {
    return new CertificateSubject(
        new X500Name("CN=" + commonName + ",O=certcollect demo"), key, List.of());
  }
}
