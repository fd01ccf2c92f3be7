package org.certcollect.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.chain;
import static org.certcollect.store.contract.Samples.code;
import static org.certcollect.store.contract.Samples.orderIn;
import static org.certcollect.store.contract.Samples.request;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.certcollect.store.IssuedReference;
import org.certcollect.store.Order;
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
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.RefusedException;
import org.certcollect.store.transfer.CertificateRecord;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.transfer.Outcome;
import org.certcollect.store.transfer.PendingReissue;
import org.certcollect.store.transfer.Selection;
import org.certcollect.store.transfer.TransferRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of a {@link org.certcollect.store.transfer.Loader}. */
public abstract class LoadContract extends StoreContract {
  private static final Instant THEN = Instant.parse("2026-05-13T10:15:00Z");

  @BeforeEach
  void addAccount() {
    store.accounts().add("demo", HASH, BOTH, ALICE);
  }

  @Test
  void anOrderIsLoadedWithAllItsChains() {
    assertThat(load(order(5, code("five"), "chain-2", "chain-3", "chain-2")))
        .containsExactly(Outcome.ADDED);

    assertThat(store.orders().certificates(5)).hasSize(3);
    assertThat(store.collects().chain(store.orders().find(5).orElseThrow().certificate().get()))
        .isEqualTo(chain("chain-2"));
    assertThat(store.caCertificates().list())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of("chain-2", "chain-3").flatMap(c -> chain(c).issuers().stream()).toList());
  }

  /**
   * Regression test: the CA certificates of refused orders stayed without an event, and completed
   * the chains of later orders.
   */
  @Test
  void nothingOfARefusedOrderIsStored() {
    load(order(5, code("five"), "chain-3"));

    List<Outcome> outcomes =
        load(
            order(5, code("another"), "chain-2"),
            order(6, code("five"), "chain-4"),
            order(7, code("seven"), "chain-3"));

    assertThat(outcomes.subList(0, 2)).allMatch(Outcome.Refused.class::isInstance);
    assertThat(outcomes).last().isEqualTo(Outcome.ADDED);
    assertThat(store.caCertificates().list()).isEqualTo(chain("chain-3").issuers());
    assertThat(store.events().ofOrder(6)).isEmpty();
  }

  @Test
  void certificatesKeepTheirIdsAndLaterOnesAreGreater() {
    OrderRecord order =
        Samples.withIds(order(5, code("five"), "chain-2", "chain-3"), 42, 10_000_000_777L);
    assertThat(load(order, order(6, code("six"), "chain-2")))
        .containsExactly(Outcome.ADDED, Outcome.ADDED);

    assertThat(ids(5)).containsExactly(10_000_000_777L, 42L);
    assertThat(store.collects().byCertificate("demo", 42).orElseThrow().order().orElseThrow())
        .satisfies(found -> assertThat(found.replaced()).isTrue());
    assertThat(ids(6).get(0)).isGreaterThan(10_000_000_777L);
    assertThat(id(store.orders().issue(5, chain("chain-4"), ALICE))).isGreaterThan(ids(6).get(0));
    assertThat(load(order(5, code("five"), "chain-2", "chain-3")).get(0))
        .isInstanceOf(Outcome.Refused.class);
  }

  /** Regression test: SQLite counted on from the greatest imported id, even below its own range. */
  @Test
  void newIdsAreOutsideTheRangeOfImportedOnesAlsoIfAllWereImported() {
    load(Samples.withIds(order(5, code("five"), "chain-2"), 42));

    assertThat(id(store.orders().issue(5, chain("chain-3"), ALICE))).isGreaterThan(10_000_000_000L);
    assertThat(ids(5)).hasSize(2).endsWith(42L);
    assertThat(id(store.orders().find(5).orElseThrow())).isEqualTo(ids(5).get(0));
  }

  @Test
  void loadedOrdersGetIdsOutsideTheRangeOfImportedOnes() {
    load(Samples.withIds(order(5, code("five"), "chain-2"), 42));
    load(order(6, code("six"), "chain-2"), Samples.withIds(order(7, code("seven"), "chain-2"), 43));

    assertThat(ids(6).get(0)).isGreaterThan(10_000_000_000L);
    assertThat(ids(7)).containsExactly(43L);
  }

  @Test
  void anOrderWithTheSameIdsIsKnownAndOneWithOthersIsNot() {
    OrderRecord order = Samples.withIds(order(5, code("five"), "chain-2"), 10_000_000_777L);
    load(order);

    assertThat(load(order)).containsExactly(Outcome.KNOWN);
    assertThat(load(order(5, code("five"), "chain-2"))).containsExactly(Outcome.KNOWN);
    assertThat(load(Samples.withIds(order, 10_000_000_778L)))
        .containsExactly(
            new Outcome.Refused("order 5 already exists and differs in: certificate ids", true));
  }

  @Test
  void anIdThatIsTakenIsRefused() {
    long taken = id(orderIn(store, OrderState.ISSUED, Samples.order("demo", Product.SSL, 4)));
    Outcome.Refused refused = idTaken(taken, 4);
    OrderRecord order = Samples.withIds(order(5, code("five"), "chain-2"), taken);

    assertThat(store.transfers().rehearsal().load(List.of(order))).containsExactly(refused);
    assertThat(load(order)).containsExactly(refused);
    assertThat(
            load(
                Samples.withIds(order(6, code("six"), "chain-2"), 50),
                Samples.withIds(order(7, code("seven"), "chain-2"), 50),
                Samples.withIds(order(8, code("six"), "chain-2"), 51),
                Samples.withIds(order(9, code("nine"), "chain-2"), 51)))
        .containsExactly(
            Outcome.ADDED,
            idTaken(50, 6),
            new Outcome.Refused("its collection code belongs to another order"),
            Outcome.ADDED);
    assertThat(store.orders().find(7)).isEmpty();
    assertThat(ids(9)).containsExactly(51L);
  }

  @Test
  void aReissueUnderWayTheValidationAHoldAndRemarksAreLoadedAndExported() {
    OrderValidation validation =
        new OrderValidation(
            Optional.of(ValidationState.VALIDATED),
            Map.of(ValidationStep.CAA, StepProgress.IN_PROGRESS),
            List.of(new ValidatedDomain("www.example.com", StepProgress.COMPLETED)),
            Optional.of(new ProductTerm(THEN, THEN.plusSeconds(1))));
    OrderRecord plain = order(5, code("five"), "chain-2");
    OrderRecord order =
        new OrderRecord(
            5,
            "demo",
            Product.CCC,
            OrderState.ISSUED,
            Optional.empty(),
            THEN,
            THEN,
            Samples.withIds(plain, 42).certificates(),
            Optional.of(request("chain-2", "own.example.com")),
            plain.code(),
            Optional.of(
                new PendingReissue(THEN, Optional.of(request("chain-4", "next.example.com")))),
            Optional.of(validation),
            Optional.of(THEN),
            new OrderRemarks(Optional.of("T-1"), Optional.of("a note")),
            new MailContact(Optional.of(new MailAddress("a@example.com")), Optional.of("de"), true),
            Optional.of(List.of()));

    assertThat(load(order)).containsExactly(Outcome.ADDED);

    List<TransferRecord> exported = new ArrayList<>();
    store
        .transfers()
        .export(
            new Selection(Optional.empty(), Optional.empty(), Optional.empty(), 0, 10),
            exported::add);
    assertThat(exported).last().isEqualTo(order);
    assertThat(load(order)).containsExactly(Outcome.KNOWN);
    assertThat(load(Samples.withIds(plain, 42)).get(0))
        .isEqualTo(
            new Outcome.Refused(
                "order 5 already exists and differs in: signingRequest, reissue, validation,"
                    + " heldSince, reference, note, contact"));
    assertThat(store.collects().byLogin("demo", 5).orElseThrow().order().orElseThrow().state())
        .isEqualTo(OrderState.PROCESSING);
    assertThat(store.collects().details(5, Optional.empty()).domain()).contains("next.example.com");
    assertRefused(
        RefusedException.Reason.WRONG_KEY, () -> store.orders().issue(5, chain("chain-2"), ALICE));
    store.orders().issue(5, chain("chain-4"), ALICE);
    assertThat(store.orders().release(5, ALICE).heldSince()).isEmpty();
  }

  @Test
  void theNameOfALoadedRequestIsStored() {
    OrderRecord order =
        new OrderRecord(
            5,
            "demo",
            Product.SSL,
            OrderState.PROCESSING,
            Optional.empty(),
            THEN,
            THEN,
            List.of(),
            Optional.of(request("chain-2", "own.example.com")),
            Optional.empty(),
            Optional.empty());

    assertThat(load(order)).containsExactly(Outcome.ADDED);

    assertThat(store.collects().details(5, Optional.empty()).domain()).contains("own.example.com");
  }

  private static Outcome.Refused idTaken(long id, long number) {
    return new Outcome.Refused(
        "its certificate id "
            + id
            + " belongs to a certificate of order "
            + number
            + ": give it a new id",
        true);
  }

  private List<Long> ids(long number) {
    return store.orders().certificates(number).stream().map(IssuedReference::id).toList();
  }

  private static long id(Order order) {
    return order.certificate().orElseThrow().id();
  }

  private List<Outcome> load(OrderRecord... orders) {
    return store.transfers().loader(ALICE).load(List.of(orders));
  }

  private static OrderRecord order(long number, CodeHash code, String... chains) {
    return new OrderRecord(
        number,
        "demo",
        Product.CCC,
        OrderState.ISSUED,
        Optional.empty(),
        THEN,
        THEN,
        Stream.of(chains).map(name -> new CertificateRecord(THEN, chain(name))).toList(),
        Optional.empty(),
        Optional.of(code),
        Optional.empty());
  }
}
