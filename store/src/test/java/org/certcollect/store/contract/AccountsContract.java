package org.certcollect.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.OTHER_HASH;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.certcollect.store.Account;
import org.certcollect.store.Event;
import org.certcollect.store.domain.OldPassword;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.RefusedException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of {@link org.certcollect.store.Accounts}. */
public abstract class AccountsContract extends StoreContract {
  @Test
  void anOldPasswordIsKeptForATime() {
    store.accounts().add("demo", HASH, BOTH, ALICE);
    Instant until = clock.instant().plusSeconds(60);

    Account changed = store.accounts().setPassword("demo", OTHER_HASH, Optional.of(until), ALICE);

    assertThat(changed.oldPassword()).contains(new OldPassword(HASH, until));
    assertThat(changed.passwordHashes(until.minusMillis(1))).containsExactly(OTHER_HASH, HASH);
    assertThat(changed.hasPassword(HASH, until)).isFalse();
    assertThat(store.collects().byLogin("demo", 1).orElseThrow().account()).isEqualTo(changed);
    assertThat(store.accounts().setEnabled("demo", false, ALICE).oldPassword()).isPresent();
    assertThat(store.accounts().endOldPassword("demo", ALICE).oldPassword()).isEmpty();
    store.accounts().setPassword("demo", HASH, Optional.of(until), ALICE);
    assertThat(store.accounts().setPassword("demo", HASH, ALICE).oldPassword()).isEmpty();
  }

  @Test
  void aHashIsReplacedOnlyIfItIsStillThere() {
    store.accounts().add("demo", HASH, BOTH, ALICE);
    PasswordHash better = new PasswordHash("$argon2id$v=19$m=8,t=1,p=1$c2FsdA$YmV0dGVy");

    assertThat(store.accounts().rehash("demo", OTHER_HASH, better, ALICE).version()).isEqualTo(1);
    assertThat(store.accounts().rehash("demo", HASH, better, ALICE).passwordHash())
        .isEqualTo(better);
    Event event = store.events().ofAccount("demo").get(1);
    assertThat(event.action()).isEqualTo("account.rehash");
    assertThat(event.from()).contains(HASH.digest());
    assertThat(event.to()).contains(better.digest());
  }

  @Test
  void theHighestCostOfABcryptHashIsTold() {
    assertThat(store.accounts().highestBcryptCost()).isZero();
    store.accounts().add("demo", HASH, BOTH, ALICE);
    store.accounts().add("other", new PasswordHash("$2y$05$xyz"), BOTH, ALICE);
    assertThat(store.accounts().highestBcryptCost()).isEqualTo(5);
    store.accounts().setPassword("demo", new PasswordHash("$2b$10$xyz"), ALICE);
    assertThat(store.accounts().highestBcryptCost()).isEqualTo(10);
    Optional<Instant> until = Optional.of(clock.tick().plusSeconds(1));
    store.accounts().setPassword("demo", HASH, until, ALICE);
    assertThat(store.accounts().highestBcryptCost()).as("of an old password").isEqualTo(10);
    clock.tick();
    assertThat(store.accounts().highestBcryptCost()).as("of one that has ended").isEqualTo(5);
    store.accounts().setPassword("demo", new PasswordHash("$2b$10$xyz"), ALICE);
    until = Optional.of(clock.tick().plusSeconds(1));
    store.accounts().setPassword("demo", HASH, until, ALICE);
    store.accounts().endOldPassword("demo", ALICE);
    assertThat(store.accounts().highestBcryptCost()).isEqualTo(5);
  }

  @Test
  void anAddedAccountIsFoundAsItWasAdded() {
    Account added = store.accounts().add("demo", HASH, Set.of(Product.CCC), ALICE);

    assertThat(added.login()).isEqualTo("demo");
    assertThat(added.passwordHash()).isEqualTo(HASH);
    assertThat(added.products()).containsExactly(Product.CCC);
    assertThat(added.enabled()).isTrue();
    assertThat(added.created()).isEqualTo(clock.instant());
    assertThat(store.accounts().find("demo")).contains(added);
  }

  @Test
  void anAccountMayBeAddedForNoProduct() {
    assertThat(store.accounts().add("demo", HASH, Set.of(), ALICE).products()).isEmpty();
  }

  @Test
  void aTakenLoginIsRefused() {
    Account first = store.accounts().add("demo", HASH, BOTH, ALICE);

    assertRefused(
        Reason.ACCOUNT_EXISTS, () -> store.accounts().add("demo", OTHER_HASH, Set.of(), ALICE));
    assertThat(store.accounts().find("demo")).contains(first);
    assertThat(store.events().ofAccount("demo")).hasSize(1);
  }

  @Test
  void loginsDifferByCase() {
    store.accounts().add("demo", HASH, BOTH, ALICE);
    store.accounts().add("Demo", HASH, BOTH, ALICE);

    assertThat(store.accounts().find("DEMO")).isEmpty();
    assertThat(store.accounts().list("", 9)).extracting(Account::login).contains("demo", "Demo");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\u0000b", "a\nb", "a\u007fb", "a\u0085b", "a\ud800b", "a\udc00"})
  void aLoginThatIsEmptyOrHoldsControlCharactersIsRefused(String login) {
    assertRefused(Reason.BAD_LOGIN, () -> store.accounts().add(login, HASH, BOTH, ALICE));
  }

  @Test
  void aLoginHasAtMost64Characters() {
    String longest = "\ud83d\ude00".repeat(64);
    assertThat(store.accounts().add(longest, HASH, BOTH, ALICE).login()).isEqualTo(longest);
    assertThat(store.accounts().find(longest)).isPresent();
    assertRefused(Reason.BAD_LOGIN, () -> store.accounts().add("a".repeat(65), HASH, BOTH, ALICE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"it's", "a b", " demo ", "d\u00e9mo", "%", "a;DROP TABLE account", "\\", "?"})
  void anyOtherTextIsALogin(String login) {
    Account added = store.accounts().add(login, HASH, BOTH, ALICE);

    assertThat(store.accounts().find(login)).contains(added);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nobody", "\u0000", "demo\u0000", "a\ud800", "\udc00\ud800", "a?"})
  void textThatIsNoLoginFindsNothing(String login) {
    store.accounts().add("demo", HASH, BOTH, ALICE);
    store.accounts().add("a\ufffd", HASH, BOTH, ALICE);

    assertThat(store.accounts().find(login)).isEmpty();
  }

  @Test
  void accountsAreListedByLoginPageByPage() {
    for (String login : List.of("c", "B", "a", "d")) {
      store.accounts().add(login, HASH, BOTH, ALICE);
    }

    assertThat(store.accounts().list("", 3))
        .extracting(Account::login)
        .containsExactly("B", "a", "c");
    assertThat(store.accounts().list("c", 3)).extracting(Account::login).containsExactly("d");
    assertThat(store.accounts().list("d", 3)).isEmpty();
    assertThatThrownBy(() -> store.accounts().list("", 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDisabledAccountMayCollectNothingUntilItIsEnabled() {
    long version = store.accounts().add("demo", HASH, BOTH, ALICE).version();

    Account disabled = store.accounts().setEnabled("demo", false, ALICE);
    assertThat(disabled.mayCollect(Product.SSL)).isFalse();
    assertThat(disabled.version()).isGreaterThan(version);
    assertThat(store.accounts().find("demo")).contains(disabled);

    Account enabled = store.accounts().setEnabled("demo", true, ALICE);
    assertThat(enabled.mayCollect(Product.SSL)).isTrue();
    assertThat(enabled.version()).isGreaterThan(disabled.version());
  }

  @Test
  void aNewPasswordReplacesTheOldOne() {
    Account old = store.accounts().add("demo", HASH, BOTH, ALICE);

    Account now = store.accounts().setPassword("demo", OTHER_HASH, ALICE);

    assertThat(now.passwordHash()).isEqualTo(OTHER_HASH);
    assertThat(now.version()).isGreaterThan(old.version());
    assertThat(now.id()).isEqualTo(old.id());
    assertThat(store.accounts().find("demo")).contains(now);
  }

  @Test
  void productsAreAllowedBesideTheOldOnesAndDeniedOneByOne() {
    store.accounts().add("demo", HASH, Set.of(Product.SSL), ALICE);

    assertThat(store.accounts().allow("demo", Set.of(Product.CCC), ALICE).products())
        .isEqualTo(BOTH);
    Account denied = store.accounts().deny("demo", Set.of(Product.SSL), ALICE);
    assertThat(denied.products()).containsExactly(Product.CCC);
    assertThat(store.accounts().find("demo")).contains(denied);
  }

  @Test
  void aChangeThatChangesNothingLeavesVersionAndEventsAlone() {
    Account added = store.accounts().add("demo", HASH, Set.of(Product.SSL), ALICE);

    assertThat(store.accounts().setEnabled("demo", true, ALICE)).isEqualTo(added);
    assertThat(store.accounts().setPassword("demo", HASH, ALICE)).isEqualTo(added);
    assertThat(store.accounts().allow("demo", Set.of(Product.SSL), ALICE)).isEqualTo(added);
    assertThat(store.accounts().deny("demo", Set.of(Product.CCC), ALICE)).isEqualTo(added);
    assertThat(store.events().ofAccount("demo")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "\u0000", "\ud800"})
  void aChangeOfAnUnknownAccountIsRefused(String login) {
    var accounts = store.accounts();
    assertRefused(Reason.UNKNOWN_ACCOUNT, () -> accounts.setEnabled(login, true, ALICE));
    assertRefused(Reason.UNKNOWN_ACCOUNT, () -> accounts.setPassword(login, HASH, ALICE));
    assertRefused(Reason.UNKNOWN_ACCOUNT, () -> accounts.allow(login, BOTH, ALICE));
    assertRefused(Reason.UNKNOWN_ACCOUNT, () -> accounts.deny(login, BOTH, ALICE));
  }
}
