package org.certcollect.cli.account;

import java.util.EnumSet;
import java.util.Set;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.store.domain.Product;
import picocli.CommandLine.Option;

/** The options that name products of an account. */
final class ProductOptions {
  @Option(names = "--ssl", description = "Server certificates, collected by CollectSSL.")
  private boolean ssl;

  @Option(names = "--ccc", description = "Client certificates, collected by CollectCCC.")
  private boolean ccc;

  Set<Product> products() {
    Set<Product> products = EnumSet.noneOf(Product.class);
    if (ssl) {
      products.add(Product.SSL);
    }
    if (ccc) {
      products.add(Product.CCC);
    }
    return products;
  }

  void requireOne() {
    if (products().isEmpty()) {
      throw CommandException.usage("no product is given: give --ssl, --ccc, or both");
    }
  }
}
