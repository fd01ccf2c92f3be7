package org.certcollect.store.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.NewOrder;
import org.certcollect.store.Order;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.SigningRequest;
import org.certcollect.store.transfer.CertificateRecord;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.x509.Certificate;
import org.certcollect.store.x509.VerifiedChain;

/** Sample values for the tests of stores. */
public final class Samples {
  public static final Actor ALICE = new Actor("cli:alice");
  public static final PasswordHash HASH =
      new PasswordHash("$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA");
  public static final PasswordHash OTHER_HASH =
      new PasswordHash("$argon2id$v=19$m=8,t=1,p=1$c2FsdA$b3RoZXI");
  public static final Set<Product> BOTH = Set.of(Product.SSL, Product.CCC);

  /** The names of the chains that {@link #chain} knows: files on the class path. */
  static final List<String> CHAINS =
      List.of(
          "chain-1",
          "chain-2",
          "chain-3",
          "chain-3-rsa",
          "chain-4",
          "chain-10",
          "rsa-4096",
          "p384",
          "ed25519",
          "wildcard",
          "idn",
          "no-dns-name",
          "utf8-subject",
          "short-intermediate",
          "cross-signed",
          "expired");

  private static final CollectionCodes CODES = new CollectionCodes(new byte[32]);

  private Samples() {}

  public static CodeHash code(String code) {
    return CODES.hash(code);
  }

  /** One of {@link #CHAINS}, without a verification. */
  public static VerifiedChain chain(String name) {
    List<Certificate> all = certificates(name).stream().map(Certificate::of).toList();
    return new VerifiedChain(all.get(0), all.subList(1, all.size()));
  }

  /** A request for the key of the end entity of one of {@link #CHAINS}. */
  public static SigningRequest request(String name) {
    return request(name, "");
  }

  /** Such a request for a domain. Its DER is no structure, so that the name cannot be read. */
  public static SigningRequest request(String name, String domain) {
    X509Certificate endEntity = certificates(name).get(0);
    return new SigningRequest(
        new byte[] {1, 2, 3}, endEntity.getPublicKey().getEncoded(), Optional.of(domain));
  }

  /** A request for a common name, whose key and signature are of no use. */
  public static SigningRequest requestFor(String commonName) {
    AlgorithmIdentifier none = new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.3"));
    CertificationRequestInfo info =
        new CertificationRequestInfo(
            new X500Name(new RDN[] {new RDN(BCStyle.CN, new DERUTF8String(commonName))}),
            new SubjectPublicKeyInfo(none, new byte[] {1}),
            new DERSet());
    try {
      byte[] der = new CertificationRequest(info, none, new DERBitString(new byte[1])).getEncoded();
      return new SigningRequest(der, new byte[] {1}, Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The certificates of a chain, end entity first, root last. */
  private static List<X509Certificate> certificates(String name) {
    try (InputStream in = Samples.class.getResourceAsStream("/fixtures/" + name + ".pem")) {
      if (in == null) {
        throw new IllegalArgumentException(name + " is missing from the class path");
      }
      return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (CertificateException e) {
      throw new IllegalStateException(name, e);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  public static NewOrder order(String account, Product product) {
    return new NewOrder(
        account, product, OptionalLong.empty(), false, Optional.empty(), Optional.empty());
  }

  public static NewOrder order(String account, Product product, long number) {
    return new NewOrder(
        account, product, OptionalLong.of(number), false, Optional.empty(), Optional.empty());
  }

  public static NewOrder paid(NewOrder order) {
    return new NewOrder(
        order.account(),
        order.product(),
        order.number(),
        true,
        order.signingRequest(),
        order.code());
  }

  public static NewOrder with(NewOrder order, CodeHash code) {
    return new NewOrder(
        order.account(),
        order.product(),
        order.number(),
        order.paid(),
        order.signingRequest(),
        Optional.of(code));
  }

  public static NewOrder with(NewOrder order, SigningRequest request) {
    return new NewOrder(
        order.account(),
        order.product(),
        order.number(),
        order.paid(),
        Optional.of(request),
        order.code());
  }

  /** Adds an order and brings it to a state, step by step. */
  public static Order orderIn(Store store, OrderState state, NewOrder order) {
    Order added = store.orders().add(order, ALICE);
    long number = added.number();
    return switch (state) {
      case AWAITING_PAYMENT -> added;
      case PROCESSING -> store.orders().pay(number, ALICE);
      case REJECTED -> store.orders().reject(number, Optional.of("no answer"), ALICE);
      case ISSUED -> {
        store.orders().pay(number, ALICE);
        yield store.orders().issue(number, chain("chain-3"), ALICE);
      }
      case REVOKED -> {
        store.orders().pay(number, ALICE);
        store.orders().issue(number, chain("chain-3"), ALICE);
        yield store.orders().revoke(number, Optional.of("key lost"), ALICE);
      }
    };
  }

  /** The order with these ids for its certificates. */
  public static OrderRecord withIds(OrderRecord order, long... ids) {
    List<CertificateRecord> certificates =
        IntStream.range(0, ids.length)
            .mapToObj(
                i -> {
                  CertificateRecord each = order.certificates().get(i);
                  return new CertificateRecord(
                      each.issued(), each.chain(), true, OptionalLong.of(ids[i]));
                })
            .toList();
    return new OrderRecord(
        order.number(),
        order.account(),
        order.product(),
        order.state(),
        order.reason(),
        order.created(),
        order.changed(),
        certificates,
        order.signingRequest(),
        order.code(),
        order.events());
  }
}
