package org.certcollect.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.chain;
import static org.certcollect.store.contract.Samples.order;
import static org.certcollect.store.contract.Samples.orderIn;
import static org.certcollect.store.contract.Samples.request;
import static org.certcollect.store.contract.Samples.requestFor;
import static org.certcollect.store.contract.Samples.with;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.certcollect.store.Collects.ValidationDetails;
import org.certcollect.store.Event;
import org.certcollect.store.Order;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.OrderValidation;
import org.certcollect.store.domain.OrderValidation.ProductTerm;
import org.certcollect.store.domain.OrderValidation.StepProgress;
import org.certcollect.store.domain.OrderValidation.ValidatedDomain;
import org.certcollect.store.domain.OrderValidation.ValidationState;
import org.certcollect.store.domain.OrderValidation.ValidationStep;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.RefusedException.Reason;
import org.certcollect.store.domain.SigningRequest;
import org.certcollect.store.domain.StoreException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of the details of a validation. */
public abstract class ValidationContract extends StoreContract {
  private static final OrderValidation SET =
      new OrderValidation(
          Optional.of(ValidationState.AWAITING_BRAND_VALIDATION),
          Map.of(
              ValidationStep.CSR, StepProgress.COMPLETED,
              ValidationStep.DCV, StepProgress.IN_PROGRESS,
              ValidationStep.BRAND, StepProgress.NOT_COMPLETED,
              ValidationStep.FREE_DVUP, StepProgress.NOT_REQUIRED),
          List.of(
              new ValidatedDomain("www.example.com", StepProgress.COMPLETED),
              new ValidatedDomain("*.example.org", StepProgress.NOT_COMPLETED)),
          Optional.of(
              new ProductTerm(
                  Instant.parse("2026-05-14T00:00:00Z"), Instant.parse("2031-05-13T23:59:59Z"))));

  @BeforeEach
  void addAccount() {
    store.accounts().add("demo", HASH, BOTH, ALICE);
  }

  @Test
  void detailsThatWereSetAreFound() {
    long number = store.orders().add(order("demo", Product.SSL), ALICE).number();
    Instant later = clock.tick();

    Order changed = store.orders().setValidation(number, before -> SET, ALICE);

    assertThat(changed.changed()).isEqualTo(later);
    assertThat(details(number).validation()).isEqualTo(SET);
    var event = store.events().ofOrder(number).get(1);
    assertThat(event.action()).isEqualTo("order.validation");
    assertThat(event.detail())
        .contains(
            "AWAITING_BRAND_VALIDATION CSR=COMPLETED DCV=IN_PROGRESS FREE_DVUP=NOT_REQUIRED"
                + " BRAND=NOT_COMPLETED www.example.com=COMPLETED *.example.org=NOT_COMPLETED"
                + " 2026-05-14T00:00:00Z/2031-05-13T23:59:59Z");
  }

  /** Each event had all details, so that a thousand changes made events of many megabytes. */
  @Test
  void anEventTellsOnlyWhatChanged() {
    long number = store.orders().add(order("demo", Product.SSL), ALICE).number();
    store.orders().setValidation(number, before -> SET, ALICE);
    OrderValidation more =
        new OrderValidation(
            Optional.of(ValidationState.VALIDATED),
            Map.of(
                ValidationStep.CSR,
                StepProgress.COMPLETED,
                ValidationStep.CAA,
                StepProgress.COMPLETED),
            List.of(new ValidatedDomain("*.example.org", StepProgress.COMPLETED)),
            Optional.empty());
    store.orders().setValidation(number, before -> before.with(more), ALICE);
    store.orders().setValidation(number, before -> more, ALICE);

    assertThat(store.events().ofOrder(number))
        .extracting(Event::detail)
        .endsWith(
            Optional.of("VALIDATED CAA=COMPLETED *.example.org=COMPLETED"),
            Optional.of(
                "-DCV=IN_PROGRESS -FREE_DVUP=NOT_REQUIRED -BRAND=NOT_COMPLETED"
                    + " -www.example.com=COMPLETED -2026-05-14T00:00:00Z/2031-05-13T23:59:59Z"));
  }

  @Test
  void aChangeBeginsWithWhatWasSetBefore() {
    long number = store.orders().add(order("demo", Product.SSL), ALICE).number();
    store.orders().setValidation(number, before -> SET, ALICE);

    store
        .orders()
        .setValidation(
            number,
            before -> {
              assertThat(before).isEqualTo(SET);
              return OrderValidation.NONE;
            },
            ALICE);

    assertThat(details(number).validation())
        .isEqualTo(OrderValidation.NONE.withDefaults(false, false));
    assertRefused(
        Reason.UNKNOWN_ORDER, () -> store.orders().setValidation(404, before -> SET, ALICE));
  }

  @Test
  void withoutAWordAnOrderAwaitsValidationUntilItIsIssued() {
    Order pending = store.orders().add(order("demo", Product.SSL), ALICE);
    Order requested =
        store.orders().add(with(order("demo", Product.SSL), request("chain-3")), ALICE);
    Order issued = orderIn(store, OrderState.ISSUED, order("demo", Product.SSL));

    assertDefaults(pending, ValidationState.AWAITING_VALIDATION, "NOT_COMPLETED", "NOT_COMPLETED");
    assertDefaults(requested, ValidationState.AWAITING_VALIDATION, "COMPLETED", "NOT_COMPLETED");
    assertDefaults(issued, ValidationState.VALIDATED, "COMPLETED", "COMPLETED");
    Order reissue = store.orders().reissue(issued.number(), Optional.of(request("chain-3")), ALICE);
    assertDefaults(reissue, ValidationState.VALIDATED, "COMPLETED", "COMPLETED");
  }

  /** Regression test: with another status, the steps that nobody had named began again. */
  @Test
  void statusThatIsSetLeavesTheStepsOfAnIssuedOrderCompleted() {
    Order issued = orderIn(store, OrderState.ISSUED, order("demo", Product.SSL));
    OrderValidation status =
        new OrderValidation(
            Optional.of(ValidationState.AWAITING_BRAND_VALIDATION),
            Map.of(),
            List.of(),
            Optional.empty());

    store.orders().setValidation(issued.number(), before -> status, ALICE);

    assertDefaults(issued, ValidationState.AWAITING_BRAND_VALIDATION, "COMPLETED", "COMPLETED");
  }

  private void assertDefaults(Order order, ValidationState state, String csr, String dcv) {
    assertThat(details(order.number()).validation())
        .isEqualTo(
            new OrderValidation(
                Optional.of(state),
                Map.of(
                    ValidationStep.CSR,
                    StepProgress.valueOf(csr),
                    ValidationStep.DCV,
                    StepProgress.valueOf(dcv)),
                List.of(),
                Optional.empty()));
  }

  @Test
  void anIssueCompletesTheValidation() {
    Order order = orderIn(store, OrderState.PROCESSING, order("demo", Product.SSL));
    store.orders().setValidation(order.number(), before -> SET, ALICE);

    store.orders().issue(order.number(), chain("chain-3"), ALICE);

    OrderValidation done = details(order.number()).validation();
    assertThat(done.status()).contains(ValidationState.VALIDATED);
    assertThat(done.steps())
        .containsEntry(ValidationStep.BRAND, StepProgress.COMPLETED)
        .containsEntry(ValidationStep.FREE_DVUP, StepProgress.NOT_REQUIRED);
    assertThat(done.domains())
        .extracting(ValidatedDomain::dcv)
        .containsOnly(StepProgress.COMPLETED);
    assertThat(done.term()).isEqualTo(SET.term());
  }

  @Test
  void theNameIsThatOfTheCertificateOrOfTheNewestRequest() {
    SigningRequest request = requestFor("first.example.com");
    Order pending = store.orders().add(with(order("demo", Product.SSL), request), ALICE);
    assertThat(details(pending.number()).domain()).contains("first.example.com");

    Order issued = orderIn(store, OrderState.ISSUED, order("demo", Product.SSL));
    Optional<String> own = chain("chain-3").endEntity().dnsName();
    assertThat(own).isPresent();
    assertThat(details(issued.number()).domain()).isEqualTo(own);

    store.orders().reissue(issued.number(), Optional.of(requestFor("next.example.com")), ALICE);
    assertThat(details(issued.number()).domain()).contains("next.example.com");
    assertThat(store.collects().details(issued.number(), issued.certificate()).domain())
        .isEqualTo(own);
  }

  /** Regression test: each poll of an order that was being processed parsed its request. */
  @Test
  void theNameOfARequestIsStoredAndNotReadFromItAgain() {
    Order order =
        store
            .orders()
            .add(with(order("demo", Product.SSL), request("chain-3", "added.example.com")), ALICE);
    assertThat(details(order.number()).domain()).contains("added.example.com");
    Order none =
        store.orders().add(with(order("demo", Product.SSL), request("chain-3", "")), ALICE);
    assertThat(details(none.number()).domain()).isEmpty();

    Order issued = orderIn(store, OrderState.ISSUED, order("demo", Product.SSL));
    store
        .orders()
        .reissue(issued.number(), Optional.of(request("chain-3", "next.example.com")), ALICE);
    assertThat(details(issued.number()).domain()).contains("next.example.com");
    store.orders().issue(issued.number(), chain("chain-3"), ALICE);
    assertThat(details(issued.number()).domain()).contains("next.example.com");
  }

  @Test
  void aNameThatIsNoDomainIsNotTold() {
    Order order =
        store.orders().add(with(order("demo", Product.SSL), requestFor("Jane Doe")), ALICE);

    assertThat(details(order.number()).domain()).isEmpty();
  }

  @Test
  void theNameIsTheFirstOfTheValidationIfNothingElseHasOne() {
    Order order = orderIn(store, OrderState.PROCESSING, order("demo", Product.SSL));
    store.orders().setValidation(order.number(), before -> SET, ALICE);

    assertThat(details(order.number()).domain()).contains(SET.domains().get(0).name());
  }

  @Test
  void anUnknownOrderHasNoDetails() {
    assertThatThrownBy(() -> details(404)).isInstanceOf(StoreException.class);
  }

  private ValidationDetails details(long number) {
    return store.collects().details(number, Optional.empty());
  }
}
