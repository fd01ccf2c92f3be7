package org.certcollect.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.chain;
import static org.certcollect.store.contract.Samples.order;
import static org.certcollect.store.contract.Samples.orderIn;
import static org.certcollect.store.contract.Samples.paid;
import static org.certcollect.store.contract.Samples.requestFor;
import static org.certcollect.store.contract.Samples.with;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.certcollect.store.Order;
import org.certcollect.store.OrderFilter;
import org.certcollect.store.OrderTime;
import org.certcollect.store.OrderTime.Period;
import org.certcollect.store.domain.OrderRemarks;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.transfer.CertificateRecord;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.transfer.Outcome;
import org.certcollect.store.transfer.Selection;
import org.certcollect.store.transfer.TransferRecord;
import org.certcollect.store.x509.SearchTerms;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of searches: by names, serial numbers, digests, words of the subject, and times. */
public abstract class SearchContract extends StoreContract {
  private static final String SHA256_OF_CHAIN_3_RSA =
      "B35207A4B3AFED395BE02D9102E901FBD4AEE32E2FF8C469F9D0C0655E9CCB51";

  @BeforeEach
  void addAccounts() {
    store.accounts().add("demo", HASH, BOTH, ALICE);
    store.accounts().add("other", HASH, BOTH, ALICE);
  }

  @Test
  void anOrderIsFoundByEachNameOfItsCertificate() {
    long number = issue("demo", "chain-3-rsa");
    long wildcard = issue("demo", "wildcard");

    assertThat(domain("www.example.com")).containsExactly(number);
    assertThat(domain("WWW.Example.COM.")).containsExactly(number);
    assertThat(domain("example.com")).containsExactly(number, wildcard);
    assertThat(domain("ww.example.com")).isEmpty();
    assertThat(domain("www.example")).isEmpty();
    assertThat(domain("com")).isEmpty();
  }

  @Test
  void anAsteriskFindsEveryNameBelowADomain() {
    long number = issue("demo", "chain-3-rsa");
    long wildcard = issue("demo", "wildcard");
    long idn = issue("demo", "idn");

    assertThat(domain("*.example.com")).containsExactly(number, wildcard);
    assertThat(domain("*.com")).containsExactly(number, wildcard);
    assertThat(domain("*.www.example.com")).isEmpty();
    assertThat(domain("*.ample.com")).isEmpty();
    assertThat(domain("bücher.example")).containsExactly(idn);
    assertThat(domain("*.example")).containsExactly(idn);
  }

  @Test
  void anOrderIsFoundBySerialNumberAndDigest() {
    long number = issue("demo", "chain-3-rsa");
    issue("demo", "chain-3");

    for (String serial :
        List.of(
            "47FE4E07061D26A39D7BF84FF1249D2C292B8CC0",
            "0x0047:fe4e07061d26a39d7bf84ff1249d2c292b8cc0")) {
      assertThat(list(SearchTerms.serial(serial).stream().toList())).containsExactly(number);
    }
    String digest = SHA256_OF_CHAIN_3_RSA;
    assertThat(list(SearchTerms.sha256(digest).stream().toList())).containsExactly(number);
    String other = digest.replace('B', 'C');
    assertThat(list(SearchTerms.sha256(other).stream().toList())).isEmpty();
  }

  @Test
  void anOrderIsFoundByTheWordsOfTheSubject() {
    long jurgen = issue("demo", "utf8-subject");
    long alice = issue("demo", "no-dns-name");
    long www = issue("demo", "chain-3-rsa");

    assertThat(subject("GMBH bücher")).containsExactly(jurgen);
    assertThat(subject("JÜRGEN Müller-Lüdenscheidt")).containsExactly(jurgen);
    assertThat(subject("山田")).containsExactly(jurgen);
    assertThat(subject("alice@example.com")).containsExactly(alice);
    assertThat(subject("alice gmbh")).isEmpty();
    assertThat(subject("www.example.com")).containsExactly(www);
  }

  @Test
  void replacedCertificatesAndRequestsAreFoundToo() {
    long number = issue("demo", "chain-3-rsa");
    store.orders().reissue(number, Optional.of(requestFor("next.alpha.example")), ALICE);

    assertThat(domain("next.alpha.example")).containsExactly(number);
    assertThat(domain("*.alpha.example")).containsExactly(number);

    store.orders().cancelReissue(number, ALICE);
    store.orders().issue(number, chain("idn"), ALICE);
    assertThat(domain("www.example.com")).containsExactly(number);
    assertThat(domain("xn--bcher-kva.example")).containsExactly(number);
    assertThat(list(SearchTerms.sha256(SHA256_OF_CHAIN_3_RSA).stream().toList()))
        .containsExactly(number);
  }

  @Test
  void aRequestIsFoundBeforeAnythingIsIssued() {
    Order added =
        store.orders().add(with(order("demo", Product.SSL), requestFor("new.beta.example")), ALICE);

    assertThat(domain("new.beta.example")).containsExactly(added.number());
    assertThat(subject("new.beta.example")).containsExactly(added.number());
  }

  @Test
  void anOrderIsFoundByItsReferenceAndTheWordsOfItsNote() {
    long number = issue("demo", "chain-3-rsa");
    long other = issue("demo", "chain-3");
    remark(number, "T-4711", "Call Müller before it expires");
    remark(other, "T-4712", "Call Bob");

    assertThat(list(List.of(SearchTerms.reference("t-4711")))).containsExactly(number);
    assertThat(list(List.of(SearchTerms.reference("T-47")))).isEmpty();
    assertThat(list(SearchTerms.note("CALL"))).containsExactly(number, other);
    assertThat(list(SearchTerms.note("müller call"))).containsExactly(number);
    // A word of a note is none of a subject.
    assertThat(list(SearchTerms.words("Bob"))).isEmpty();
    OrderFilter both =
        OrderFilter.first(9)
            .withTerms(SearchTerms.note("call"))
            .withTerms(SearchTerms.domain("www.example.com").stream().toList())
            .withState(Optional.of(OrderState.ISSUED))
            .withPeriod(OrderTime.EXPIRY, Period.before(Instant.MAX));
    assertThat(numbers(both)).contains(number);

    remark(number, "T-1", "done");
    assertThat(list(List.of(SearchTerms.reference("t-4711")))).isEmpty();
    assertThat(list(SearchTerms.note("call"))).containsExactly(other);
  }

  private void remark(long number, String reference, String note) {
    OrderRemarks remarks = new OrderRemarks(Optional.of(reference), Optional.of(note));
    store.orders().setRemarks(number, before -> remarks, ALICE);
  }

  @Test
  void theNamesOfARequestThatWasGivenUpOrReplacedFindTheOrderNoMore() {
    long number = issue("demo", "chain-3-rsa");
    store.orders().reissue(number, Optional.of(requestFor("one.alpha.example")), ALICE);
    store.orders().setRequest(number, requestFor("two.alpha.example"), ALICE);
    assertThat(domain("*.alpha.example")).containsExactly(number);
    assertThat(domain("one.alpha.example")).isEmpty();
    store.orders().cancelReissue(number, ALICE);
    assertThat(domain("*.alpha.example")).isEmpty();

    store.orders().reissue(number, Optional.of(requestFor("www.example.com")), ALICE);
    store.orders().revoke(number, Optional.empty(), ALICE);
    assertThat(domain("www.example.com")).as("as the certificate has").containsExactly(number);
  }

  @Test
  void anImportedOrderIsFoundAsIfItHadBeenIssuedHere() {
    long number = issue("demo", "chain-3-rsa");
    Order waiting =
        store
            .orders()
            .add(paid(with(order("demo", Product.SSL), requestFor("new.beta.example"))), ALICE);
    clock.tick();
    store.orders().setValidation(waiting.number(), before -> before, ALICE);
    List<TransferRecord> records = new ArrayList<>();
    store
        .transfers()
        .export(
            new Selection(Optional.empty(), Optional.empty(), Optional.empty(), 0, 9),
            records::add);
    List<TransferRecord> copies =
        records.stream()
            .filter(OrderRecord.class::isInstance)
            .map(record -> (TransferRecord) copy((OrderRecord) record))
            .toList();
    assertThat(store.transfers().loader(ALICE).load(copies))
        .containsExactly(Outcome.ADDED, Outcome.ADDED);

    assertThat(domain("*.example.com")).containsExactly(number, copyOf(number));
    assertThat(domain("new.beta.example"))
        .containsExactly(waiting.number(), copyOf(waiting.number()));
    for (OrderTime time : OrderTime.values()) {
      for (long original : List.of(number, waiting.number())) {
        Order copy = store.orders().find(copyOf(original)).orElseThrow();
        assertThat(time.of(copy))
            .as(time.name())
            .isEqualTo(time.of(store.orders().find(original).orElseThrow()));
      }
    }
  }

  @Test
  void processingBeginsWithTheStateAndEndsWithIt() {
    Order order = store.orders().add(order("demo", Product.SSL), ALICE);
    assertThat(order.processingSince()).isEmpty();
    Instant paid = clock.tick();
    store.orders().pay(order.number(), ALICE);
    Instant later = clock.tick();
    Order changed = store.orders().setValidation(order.number(), before -> before, ALICE);

    assertThat(changed.processingSince()).contains(paid);
    assertThat(along(OrderTime.PROCESSING, Period.before(paid))).isEmpty();
    assertThat(along(OrderTime.PROCESSING, Period.before(later))).containsExactly(order.number());

    Order issued = store.orders().issue(order.number(), chain("chain-3"), ALICE);
    assertThat(issued.processingSince()).isEmpty();
    assertThat(issued.issued()).contains(later);
    assertThat(along(OrderTime.PROCESSING, Period.before(Instant.MAX))).isEmpty();
  }

  /** Searches with every combination of filters, compared with a plain search. */
  @Test
  void everyCombinationOfSearchesListsWhatItSays() {
    List<Order> all = new ArrayList<>();
    Map<Long, String> certificates = new HashMap<>();
    List<Instant> times = new ArrayList<>();
    for (String certificate : List.of("chain-3-rsa", "wildcard", "idn", "expired")) {
      for (String account : List.of("demo", "other")) {
        times.add(clock.tick());
        Order added = orderIn(store, OrderState.PROCESSING, order(account, Product.SSL));
        certificates.put(added.number(), certificate);
        clock.tick();
        store.orders().issue(added.number(), chain(certificate), ALICE);
        // Two at the same time, which pages tell apart by their numbers.
        orderIn(store, OrderState.PROCESSING, order(account, Product.CCC));
        orderIn(store, OrderState.REVOKED, order(account, Product.CCC));
      }
    }
    all.addAll(store.orders().list(OrderFilter.first(99)));
    Period some = new Period(times.get(1), times.get(6));
    for (Optional<String> account : optional(List.of("demo"))) {
      for (Optional<OrderState> state :
          optional(List.of(OrderState.ISSUED, OrderState.PROCESSING))) {
        for (Optional<String> domain : optional(List.of("*.example.com", "example.com"))) {
          for (Set<OrderTime> along : sets()) {
            OrderFilter filter = OrderFilter.first(2).withAccount(account).withState(state);
            if (domain.isPresent()) {
              filter = filter.withTerms(SearchTerms.domain(domain.get()).stream().toList());
            }
            for (OrderTime time : along) {
              filter =
                  filter.withPeriod(
                      time, time == OrderTime.EXPIRY ? Period.before(Instant.MAX) : some);
            }
            OrderFilter wanted = filter;
            assertThat(pages(filter))
                .as("%s", filter)
                .isEqualTo(
                    all.stream()
                        .filter(o -> account.map(o.account()::equals).orElse(true))
                        .filter(o -> state.map(o.state()::equals).orElse(true))
                        .filter(o -> domain.map(d -> has(certificates, o, d)).orElse(true))
                        .filter(o -> along.stream().allMatch(time -> lies(o, time, wanted)))
                        .sorted(sorting(wanted))
                        .toList());
          }
        }
      }
    }
  }

  private static boolean has(Map<Long, String> certificates, Order order, String domain) {
    // Revoked orders have the certificate of chain-3, which is for www.example.com only.
    String name =
        certificates.getOrDefault(
            order.number(), order.state() == OrderState.REVOKED ? "chain-3" : "none");
    return domain.startsWith("*")
        ? Set.of("chain-3", "chain-3-rsa", "wildcard", "expired").contains(name)
        : Set.of("chain-3-rsa", "wildcard").contains(name);
  }

  private static boolean lies(Order order, OrderTime time, OrderFilter filter) {
    Period period = filter.periods().get(time);
    return time.of(order)
        .filter(at -> !at.isBefore(period.from()) && at.isBefore(period.before()))
        .isPresent();
  }

  private static Comparator<Order> sorting(OrderFilter filter) {
    Comparator<Order> byNumber = Comparator.comparing(Order::number);
    return filter.along().isEmpty()
        ? byNumber
        : Comparator.<Order, Instant>comparing(o -> filter.along().get().of(o).orElseThrow())
            .thenComparing(byNumber);
  }

  private List<Order> pages(OrderFilter first) {
    OrderFilter filter = first;
    List<Order> page = store.orders().list(filter);
    List<Order> all = new ArrayList<>(page);
    while (!page.isEmpty()) {
      filter = filter.after(page.get(page.size() - 1));
      page = store.orders().list(filter);
      all.addAll(page);
    }
    return all;
  }

  /** Every set of at most two times. */
  private static List<Set<OrderTime>> sets() {
    List<Set<OrderTime>> sets = new ArrayList<>(List.of(EnumSet.noneOf(OrderTime.class)));
    for (OrderTime one : OrderTime.values()) {
      for (OrderTime other : OrderTime.values()) {
        if (one.compareTo(other) <= 0) {
          sets.add(EnumSet.of(one, other));
        }
      }
    }
    return sets;
  }

  private static long copyOf(long number) {
    return number + 1000;
  }

  private static OrderRecord copy(OrderRecord order) {
    return new OrderRecord(
        copyOf(order.number()),
        order.account(),
        order.product(),
        order.state(),
        order.reason(),
        order.created(),
        order.changed(),
        order.certificates().stream()
            .map(each -> new CertificateRecord(each.issued(), each.chain()))
            .toList(),
        order.signingRequest(),
        order.code(),
        order.events());
  }

  private long issue(String account, String certificate) {
    long number = orderIn(store, OrderState.PROCESSING, order(account, Product.SSL)).number();
    return store.orders().issue(number, chain(certificate), ALICE).number();
  }

  private List<Long> domain(String name) {
    return list(SearchTerms.domain(name).stream().toList());
  }

  private List<Long> subject(String words) {
    return list(SearchTerms.words(words));
  }

  private List<Long> list(Collection<String> terms) {
    assertThat(terms).isNotEmpty();
    return numbers(OrderFilter.first(9).withTerms(terms));
  }

  private List<Long> along(OrderTime time, Period period) {
    return numbers(OrderFilter.first(9).withPeriod(time, period));
  }

  private List<Long> numbers(OrderFilter filter) {
    return store.orders().list(filter).stream().map(Order::number).toList();
  }

  private static <T> List<Optional<T>> optional(List<T> values) {
    return Stream.concat(Stream.of(Optional.<T>empty()), values.stream().map(Optional::of))
        .toList();
  }
}
