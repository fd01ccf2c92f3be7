package org.certcollect.store.x509;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;

/** Makes certificates of shapes that the JDK could neither make nor read. */
final class ShapedCertificate {
  static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

  private final X500Name issuer;
  private final X509v3CertificateBuilder builder;

  /** Begins a certificate that is valid for some days before and after now. */
  ShapedCertificate(X500Name issuer, X500Name subject, SubjectPublicKeyInfo key, int from, int to) {
    this(issuer, subject, key, new Time(day(from)), new Time(day(to)));
  }

  ShapedCertificate(
      X500Name issuer, X500Name subject, SubjectPublicKeyInfo key, Time from, Time to) {
    this.issuer = issuer;
    builder = new X509v3CertificateBuilder(issuer, BigInteger.valueOf(17), from, to, subject, key);
  }

  static X500Name name(String name) {
    return new X500Name(name);
  }

  static SubjectPublicKeyInfo key(KeyPair keys) {
    return SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
  }

  /** A key on a curve by its name, or of an algorithm such as RSA or ML-DSA-65. */
  static KeyPair keys(String kind) {
    try {
      if (kind.startsWith("ML-DSA") || kind.equals("RSA")) {
        return KeyPairGenerator.getInstance(kind, PROVIDER).generateKeyPair();
      }
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", PROVIDER);
      generator.initialize(new ECGenParameterSpec(kind));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  ShapedCertificate ca(boolean isCa) {
    return with(Extension.basicConstraints, true, new BasicConstraints(isCa));
  }

  ShapedCertificate with(ASN1ObjectIdentifier oid, boolean isCritical, ASN1Encodable value) {
    try {
      builder.addExtension(oid, isCritical, value);
      return this;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  ParsedCertificate sign(String algorithm, PrivateKey key) {
    AlgorithmIdentifier id = new DefaultSignatureAlgorithmIdentifierFinder().find(algorithm);
    return ParsedCertificate.of(assemble(body(id), id, signature(algorithm, key, body(id))));
  }

  /** Writes some bytes in place of others of the same length, and signs then. */
  ParsedCertificate signReplacing(byte[] old, byte[] by, String algorithm, PrivateKey key) {
    AlgorithmIdentifier id = new DefaultSignatureAlgorithmIdentifierFinder().find(algorithm);
    byte[] body = body(id);
    for (int i = 0; i + old.length <= body.length; i++) {
      if (Arrays.equals(body, i, i + old.length, old, 0, old.length)) {
        System.arraycopy(by, 0, body, i, by.length);
      }
    }
    return ParsedCertificate.of(assemble(body, id, signature(algorithm, key, body)));
  }

  /** Writes the length of the issuer's name with a byte more than it needs, and signs then. */
  ParsedCertificate signWithLongLength(String algorithm, PrivateKey key) {
    AlgorithmIdentifier id = new DefaultSignatureAlgorithmIdentifierFinder().find(algorithm);
    try {
      byte[] body = body(id);
      byte[] name = issuer.getEncoded("DER");
      int at = 0;
      while (!Arrays.equals(body, at, at + name.length, name, 0, name.length)) {
        at++;
      }
      ByteArrayOutputStream longer = new ByteArrayOutputStream();
      int header = body[1] >= 0 ? 2 : 2 + (body[1] & 0x7F);
      longer.write(body, header, at + 1 - header);
      longer.write(0x81);
      longer.write(body, at + 1, body.length - at - 1);
      byte[] signed = sequence(longer.toByteArray());
      return ParsedCertificate.of(assemble(signed, id, signature(algorithm, key, signed)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] sequence(byte[] content) throws IOException {
    byte[] encoded = new DEROctetString(content).getEncoded();
    encoded[0] = 0x30;
    return encoded;
  }

  /** Claims an algorithm that nobody knows. */
  ParsedCertificate signUnknown(String oid) {
    AlgorithmIdentifier id = new AlgorithmIdentifier(new ASN1ObjectIdentifier(oid));
    return ParsedCertificate.of(assemble(body(id), id, new byte[] {1, 2, 3}));
  }

  private byte[] body(AlgorithmIdentifier algorithm) {
    try {
      return builder
          .build(new NoSigner(algorithm))
          .toASN1Structure()
          .getTBSCertificate()
          .getEncoded("DER");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] signature(String algorithm, PrivateKey key, byte[] body) {
    try {
      Signature signature = Signature.getInstance(algorithm, PROVIDER);
      signature.initSign(key);
      signature.update(body);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] assemble(byte[] body, AlgorithmIdentifier algorithm, byte[] signature) {
    try {
      ByteArrayOutputStream parts = new ByteArrayOutputStream();
      parts.write(body);
      parts.write(algorithm.getEncoded());
      parts.write(new DERBitString(signature).getEncoded());
      return sequence(parts.toByteArray());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Date day(int days) {
    return Date.from(Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(days, ChronoUnit.DAYS));
  }

  private record NoSigner(AlgorithmIdentifier algorithm) implements ContentSigner {
    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
      return algorithm;
    }

    @Override
    public OutputStream getOutputStream() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public byte[] getSignature() {
      return new byte[1];
    }
  }
}
