package org.certcollect.bench.jmh;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.certcollect.admin.PasswordHasher;
import org.certcollect.server.auth.Authenticator;
import org.certcollect.server.auth.Authenticator.LoginOutcome;
import org.certcollect.server.auth.RequestSource;
import org.certcollect.server.config.AuthConfig;
import org.certcollect.store.Account;
import org.certcollect.store.Collects.AccountAndOrder;
import org.certcollect.store.domain.Product;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** The check of a verified login. */
public class CredentialCheck extends Timed {
  private final Authenticator authenticator =
      new Authenticator(AuthConfig.DEFAULT, Ticker.systemTicker());
  private final RequestSource source = RequestSource.of("192.0.2.1");
  private final Optional<AccountAndOrder> found =
      Optional.of(
          new AccountAndOrder(
              new Account(
                  17,
                  TypicalRequest.LOGIN.name().value(),
                  new PasswordHasher().hash(TypicalRequest.LOGIN.password().value()),
                  Set.of(Product.SSL),
                  true,
                  1,
                  Instant.EPOCH),
              Optional.empty(),
              false));

  /** Logs in, which costs a hash. */
  @Setup
  public void remember() {
    if (hit().join().granted().isEmpty()) {
      throw new IllegalStateException("the password is right");
    }
  }

  @Benchmark
  public CompletableFuture<LoginOutcome> hit() {
    return authenticator.authenticate(
        TypicalRequest.LOGIN, Product.SSL, source, () -> CompletableFuture.completedFuture(found));
  }

  @TearDown
  public void close() {
    authenticator.close();
  }
}
