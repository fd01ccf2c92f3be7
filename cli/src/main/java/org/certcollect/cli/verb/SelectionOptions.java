package org.certcollect.cli.verb;

import java.util.Optional;
import org.certcollect.store.Store;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import picocli.CommandLine.Option;

public final class SelectionOptions {
  @Option(
      names = "--account",
      paramLabel = "LOGIN",
      description = "Only this account and its orders.")
  private Optional<String> account = Optional.empty();

  @Option(
      names = "--state",
      paramLabel = "STATE",
      completionCandidates = Converters.StateWords.class,
      description = "Only awaiting-payment, processing, issued, revoked or rejected orders.")
  private Optional<OrderState> state = Optional.empty();

  @Option(
      names = "--product",
      paramLabel = "ssl|ccc",
      completionCandidates = Converters.ProductWords.class,
      description = "Only orders for server certificates (ssl) or client certificates (ccc).")
  private Optional<Product> product = Optional.empty();

  public Optional<String> account(Store store) {
    account.ifPresent(store.accounts()::require);
    return account;
  }

  public Optional<OrderState> state() {
    return state;
  }

  public Optional<Product> product() {
    return product;
  }
}
