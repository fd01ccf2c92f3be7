package org.certcollect.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.certcollect.store.Store;
import org.certcollect.store.domain.RefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The base of all contracts: a store that is empty when a test begins. If JUnit may run tests in
 * parallel, those of a contract do.
 */
@Execution(ExecutionMode.CONCURRENT)
public abstract class StoreContract {
  protected final TestClock clock = new TestClock();
  protected Store store;

  private final List<Store> opened = new ArrayList<>();

  /**
   * Opens a store. The first call within a test meets an empty database, later ones meet what is in
   * it by then.
   */
  protected abstract Store openStore(Clock clock) throws Exception;

  /** One more instance on the same data, as another process or node has it. */
  protected final Store openAnother() throws Exception {
    Store another = openStore(clock);
    opened.add(another);
    return another;
  }

  @BeforeEach
  void openFirst() throws Exception {
    store = openAnother();
  }

  @AfterEach
  void closeAll() {
    opened.forEach(Store::close);
  }

  static void assertRefused(RefusedException.Reason reason, ThrowingCallable change) {
    assertThatThrownBy(change)
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              switch (reason) {
                case UNKNOWN_ACCOUNT, ACCOUNT_EXISTS, ACCOUNT_ENABLED, BAD_LOGIN ->
                    assertThat(e.login()).isPresent();
                case UNKNOWN_ORDER, ORDER_EXISTS, BAD_ORDER_NUMBER, WRONG_KEY ->
                    assertThat(e.order()).isPresent();
                case FORBIDDEN_TRANSITION -> {
                  assertThat(e.order()).isPresent();
                  assertThat(e.state()).isPresent();
                }
                default -> assertThat(e.state()).isEmpty();
              }
            });
  }
}
