package org.certcollect.store.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.chain;
import static org.certcollect.store.contract.Samples.order;
import static org.certcollect.store.contract.Samples.paid;
import static org.certcollect.store.contract.Samples.request;
import static org.certcollect.store.contract.Samples.with;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.certcollect.store.ApiAnswers.Kept;
import org.certcollect.store.ApiCredential;
import org.certcollect.store.ApiCredential.Kind;
import org.certcollect.store.ApiCredential.Scope;
import org.certcollect.store.Order;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.RefusedException.Reason;
import org.junit.jupiter.api.Test;

/** The contract of what the admin API needs of a store. */
public abstract class ApiContract extends StoreContract {
  private static final Instant DAY = Instant.parse("2026-11-28T00:00:00Z");

  @Test
  void aCredentialIsFoundByItsDigestUntilItIsRemoved() throws Exception {
    assertThat(store.apiCredentials().any()).isFalse();
    ApiCredential hook = credential("hook", "aa");
    store.apiCredentials().add(hook, ALICE);

    Store another = openAnother();
    assertThat(another.apiCredentials().any()).isTrue();
    assertThat(another.apiCredentials().find("aa")).contains(hook);
    assertThat(another.apiCredentials().find("ab")).isEmpty();
    assertThat(another.apiCredentials().list()).containsExactly(hook);

    another.apiCredentials().remove("hook", ALICE);

    assertThat(store.apiCredentials().find("aa")).isEmpty();
    assertThat(store.apiCredentials().list()).isEmpty();
    assertThat(store.apiCredentials().any()).isFalse();
    assertRefused(Reason.UNKNOWN_CREDENTIAL, () -> store.apiCredentials().remove("hook", ALICE));
  }

  @Test
  void aNameBelongsToOneCredentialForEver() {
    store.apiCredentials().add(credential("hook", "aa"), ALICE);

    assertRefused(
        Reason.CREDENTIAL_EXISTS,
        () -> store.apiCredentials().add(credential("hook", "bb"), ALICE));
    assertRefused(
        Reason.CREDENTIAL_EXISTS, () -> store.apiCredentials().add(credential("b", "aa"), ALICE));
    store.apiCredentials().remove("hook", ALICE);
    assertRefused(
        Reason.CREDENTIAL_EXISTS,
        () -> store.apiCredentials().add(credential("hook", "bb"), ALICE));
    assertRefused(
        Reason.BAD_CREDENTIAL_NAME,
        () -> store.apiCredentials().add(credential("a b", "cc"), ALICE));
    store.apiCredentials().add(credential("b", "aa"), ALICE);
  }

  @Test
  void theDayOfTheLastUseIsKept() {
    store.apiCredentials().add(credential("hook", "aa"), ALICE);

    store.apiCredentials().used("hook", DAY);
    store.apiCredentials().used("hook", DAY.minusSeconds(86_400));

    assertThat(store.apiCredentials().find("aa").orElseThrow().lastUsed()).contains(DAY);
  }

  @Test
  void changesOfOneTransactionAreMadeTogether() throws Exception {
    Store another = openAnother();
    long number =
        store.atomically(
            whole -> {
              whole.accounts().add("demo", HASH, BOTH, ALICE);
              long added = whole.orders().add(order("demo", Product.SSL), ALICE).number();
              assertThat(whole.orders().pay(added, ALICE).number()).isEqualTo(added);
              assertThat(another.accounts().find("demo")).isEmpty();
              return added;
            });

    assertThat(another.orders().find(number)).isPresent();
    assertThat(another.events().ofOrder(number)).hasSize(2);
  }

  @Test
  void afterAnyFailureNothingOfATransactionIsLeft() {
    assertRefused(
        Reason.UNKNOWN_ORDER,
        () ->
            store.atomically(
                whole -> {
                  whole.accounts().add("demo", HASH, BOTH, ALICE);
                  return whole.orders().pay(5, ALICE);
                }));
    assertThatThrownBy(
            () ->
                store.atomically(
                    whole -> {
                      whole.accounts().add("demo", HASH, BOTH, ALICE);
                      throw new IllegalStateException("the caller's own");
                    }))
        .hasMessage("the caller's own");

    assertThat(store.accounts().find("demo")).isEmpty();
    store.accounts().add("demo", HASH, BOTH, ALICE);
  }

  @Test
  void ofEqualRequestsOnTwoNodesOneIsDone() throws Exception {
    List<Store> nodes = List.of(store, openAnother());
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Store node = nodes.get(i % 2);
        answers.add(threads.submit(() -> node.atomically(ApiContract::addOnce)));
      }
      for (Future<String> answer : answers) {
        assertThat(answer.get()).isEqualTo("demo is added");
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(store.events().ofAccount("demo")).hasSize(1);

    store.apiAnswers().prune(DAY);
    assertThat(begun()).isPresent();
    store.apiAnswers().prune(DAY.plusMillis(1));
    assertThat(begun()).isEmpty();
  }

  private Optional<Kept> begun() {
    return store.atomically(whole -> whole.apiAnswers().begin("key", DAY));
  }

  private static String addOnce(Store whole) {
    Optional<Kept> before = whole.apiAnswers().begin("key", DAY);
    if (before.isPresent()) {
      assertThat(before.get().request()).isEqualTo("digest");
      return new String(before.get().content(), UTF_8);
    }
    String answer = whole.accounts().add("demo", HASH, BOTH, ALICE).login() + " is added";
    byte[] content = answer.getBytes(UTF_8);
    whole.apiAnswers().finish("key", new Kept("digest", content));
    return answer;
  }

  @Test
  void theOrdersThatWaitForAKeyOrADomainAreFound() {
    store.accounts().add("demo", HASH, BOTH, ALICE);
    long first = waiting("chain-3", "www.Alpha.example", true);
    long second = waiting("chain-3", "www.beta.example", true);
    waiting("chain-4", "www.alpha.example.com", true);
    waiting("chain-3", "www.alpha.example", false);

    assertThat(numbers(store.orders().waitingForKey(request("chain-3").publicKey())))
        .containsExactly(first, second);
    assertThat(numbers(store.orders().waitingForDomain("WWW.alpha.example")))
        .containsExactly(first);
    assertThat(store.orders().waitingForKey(new byte[5])).isEmpty();
    assertThat(store.orders().waitingForDomain("")).isEmpty();

    store.orders().issue(first, chain("chain-3"), ALICE);
    assertThat(store.orders().waitingForDomain("www.alpha.example")).isEmpty();
    store.orders().reissue(first, Optional.of(request("chain-4", "www.new.example")), ALICE);
    assertThat(store.orders().waitingForDomain("www.alpha.example")).isEmpty();
    assertThat(numbers(store.orders().waitingForDomain("www.new.example"))).containsExactly(first);
    assertThat(numbers(store.orders().waitingForKey(request("chain-3").publicKey())))
        .containsExactly(second);
  }

  private long waiting(String key, String domain, boolean isPaid) {
    var wanted = with(order("demo", Product.SSL), request(key, domain));
    return store.orders().add(isPaid ? paid(wanted) : wanted, ALICE).number();
  }

  private static List<Long> numbers(List<Order> orders) {
    return orders.stream().map(Order::number).toList();
  }

  private static ApiCredential credential(String name, String sha256) {
    return new ApiCredential(
        name,
        Kind.TOKEN,
        sha256,
        Set.of(Scope.READ, Scope.ORDERS),
        DAY,
        DAY.plusSeconds(5),
        Optional.empty());
  }
}
