package org.certcollect.cli.transfer;

import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.chain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.store.NewOrder;
import org.certcollect.store.Store;
import org.certcollect.store.contract.Samples;
import org.certcollect.store.contract.TestClock;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.domain.MailAddress;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.OrderRemarks;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.OrderValidation;
import org.certcollect.store.domain.OrderValidation.ProductTerm;
import org.certcollect.store.domain.OrderValidation.StepProgress;
import org.certcollect.store.domain.OrderValidation.ValidatedDomain;
import org.certcollect.store.domain.OrderValidation.ValidationState;
import org.certcollect.store.domain.OrderValidation.ValidationStep;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.PushSettings;
import org.certcollect.store.domain.PushUrl;
import org.certcollect.store.domain.SigningRequest;
import org.certcollect.store.x509.SigningRequestReader;
import org.certcollect.store.x509.VerifiedChain;

/** Fills a store with everything that one can hold. */
final class Filled {
  static final PasswordHash HASH =
      new PasswordHash(
          "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2Fs$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFz");
  static final PasswordHash OTHER =
      new PasswordHash(
          "$argon2id$v=19$m=19456,t=3,p=1$c2FsdHNhbHRzYWx0c2Fs$b3RoZXJvdGhlcm90aGVyb3RoZXJvdGhlcm90");

  private final Store store;
  private final TestClock clock;

  private Filled(Store store, TestClock clock) {
    this.store = store;
    this.clock = clock;
  }

  static void fill(Store store, TestClock clock) {
    Filled filled = new Filled(store, clock);
    filled.accounts();
    filled.orders();
    filled.reissued();
    filled.incomplete();
    filled.reissueUnderWay();
  }

  private void accounts() {
    CodeHash unused = store.codesKey().adopt(Samples.code("the key"), ALICE);
    store.accounts().add("demo", HASH, Set.of(Product.SSL), ALICE);
    clock.tick();
    store.accounts().allow("demo", Set.of(Product.CCC), ALICE);
    store.accounts().setPassword("demo", OTHER, ALICE);
    store.accounts().add("Zoë \u2028 \uD83D\uDD11 \"=1+1\"", HASH, Set.of(), ALICE);
    store.accounts().add("off", HASH, Samples.BOTH, ALICE);
    store.accounts().setEnabled("off", false, ALICE);
    PushSettings push =
        new PushSettings(
            new PushUrl("https://push.example.com/in?from=ca"),
            Optional.of("me"),
            Optional.of(new byte[] {1, 2, 3}),
            true);
    store.pushes().set(store.accounts().require("off").id(), Optional.of(push), ALICE);
  }

  private void orders() {
    for (OrderState state : OrderState.values()) {
      for (Product product : Product.values()) {
        clock.tick();
        Samples.orderIn(store, state, Samples.order("demo", product));
      }
    }
    Samples.orderIn(store, OrderState.ISSUED, Samples.order("off", Product.SSL, Long.MAX_VALUE));
    NewOrder client = Samples.order("Zoë \u2028 \uD83D\uDD11 \"=1+1\"", Product.CCC, 7);
    store.orders().add(Samples.with(client, Samples.code("ABCDEFGHJKMNPQRS")), ALICE);
    store.orders().reject(7, Optional.of("=cmd|'/c calc' äöü\nsecond line"), ALICE);
  }

  private void reissued() {
    clock.tick();
    SigningRequest request =
        SigningRequestReader.read(Fixtures.bytes("request.csr"), "request.csr");
    store
        .orders()
        .add(
            new NewOrder(
                "demo",
                Product.SSL,
                OptionalLong.of(42),
                true,
                Optional.of(request),
                Optional.empty()),
            ALICE);
    store.orders().issue(42, chain("chain-3"), ALICE);
    clock.tick();
    store.orders().issue(42, chain("chain-3"), ALICE);
    store.orders().add(Samples.paid(Samples.order("demo", Product.SSL, 43)), ALICE);
    for (String fixture : Fixtures.chains()) {
      clock.tick();
      store.orders().issue(43, chain(fixture), ALICE);
    }
    store.orders().revoke(43, Optional.empty(), ALICE);
  }

  private void reissueUnderWay() {
    clock.tick();
    SigningRequest request =
        SigningRequestReader.read(Fixtures.bytes("request.csr"), "request.csr");
    for (long number = 45; number <= 46; number++) {
      Samples.orderIn(store, OrderState.ISSUED, Samples.order("demo", Product.SSL, number));
      clock.tick();
      store.orders().reissue(number, number == 45 ? Optional.empty() : Optional.of(request), ALICE);
    }
    store
        .orders()
        .setValidation(
            46,
            before ->
                new OrderValidation(
                    Optional.of(ValidationState.AWAITING_BRAND_VALIDATION),
                    Map.of(
                        ValidationStep.CSR, StepProgress.COMPLETED,
                        ValidationStep.EV_CLICK_THROUGH, StepProgress.NOT_REQUIRED),
                    List.of(
                        new ValidatedDomain("www.example.com", StepProgress.IN_PROGRESS),
                        new ValidatedDomain("*.example.org", StepProgress.NOT_COMPLETED)),
                    Optional.of(
                        new ProductTerm(clock.instant(), clock.instant().plusSeconds(86_400)))),
            ALICE);
    store.orders().hold(45, Optional.of("wrong name"), ALICE);
    store
        .orders()
        .setRemarks(
            45, before -> new OrderRemarks(Optional.of("T-1"), Optional.of("ein\nZettel")), ALICE);
    store.orders().setValidation(44, before -> OrderValidation.NONE, ALICE);
    MailContact jane =
        new MailContact(Optional.of(new MailAddress("jane@example.com")), Optional.of("de"), true);
    store.orders().setContact(45, before -> jane, ALICE);
    store.accounts().setContact("off", before -> jane, ALICE);
  }

  /** A chain of which the issuer became known later is served as it was. */
  private void incomplete() {
    VerifiedChain whole = chain("chain-4");
    store.orders().add(Samples.paid(Samples.order("demo", Product.SSL, 44)), ALICE);
    store.orders().issue(44, new VerifiedChain(whole.endEntity(), List.of()), ALICE);
    clock.tick();
    whole.issuers().forEach(issuer -> store.caCertificates().add(issuer, ALICE));
    store.caCertificates().add(chain("wildcard").issuers().get(0), ALICE);
  }
}
