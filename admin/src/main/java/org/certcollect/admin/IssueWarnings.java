package org.certcollect.admin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.certcollect.store.Order;
import org.certcollect.store.OrderFilter;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Product;
import org.certcollect.store.x509.Certificate;
import org.certcollect.store.x509.ParsedCertificate;
import org.certcollect.store.x509.SearchTerms;
import org.certcollect.store.x509.VerifiedChain;

/** The warnings that an operator gets before a certificate is issued for an order. */
public final class IssueWarnings {
  private static final String ANY = "2.5.29.37.0";
  private static final String SERVER = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
  private static final String EMAIL = "1.3.6.1.5.5.7.3.4";

  /** Enough to tell of the others. */
  private static final int MAX_OTHERS = 4;

  private IssueWarnings() {}

  private static List<String> term(Certificate certificate) {
    return SearchTerms.sha256(certificate.fingerprint()).stream().toList();
  }

  /** One sentence for each warning; usually none. */
  public static List<String> of(Store store, Order order, VerifiedChain chain, Instant now) {
    Certificate endEntity = chain.endEntity();
    ParsedCertificate parsed = endEntity.parsed();
    List<String> warnings = new ArrayList<>();
    if (now.isAfter(endEntity.notAfter())) {
      warnings.add("The certificate has expired, at " + endEntity.notAfter() + ".");
    }
    Set<String> uses = parsed.extendedKeyUsages();
    Set<String> fitting =
        order.product() == Product.SSL ? Set.of(ANY, SERVER) : Set.of(ANY, CLIENT, EMAIL);
    if (!uses.isEmpty() && uses.stream().noneMatch(fitting::contains)) {
      warnings.add(
          "The certificate is not for %s: its extended key usage has only %s."
              .formatted(
                  order.product() == Product.SSL ? "servers" : "clients or e-mail",
                  String.join(", ", uses)));
    }
    String others =
        store.orders().list(OrderFilter.first(MAX_OTHERS).withTerms(term(endEntity))).stream()
            .filter(other -> other.number() != order.number())
            .map(other -> Long.toString(other.number()))
            .collect(Collectors.joining(", "));
    if (!others.isEmpty()) {
      warnings.add("Another order has this certificate already: " + others + ".");
    }
    return warnings;
  }
}
