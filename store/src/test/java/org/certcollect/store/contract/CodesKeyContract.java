package org.certcollect.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.code;

import org.certcollect.store.Store;
import org.junit.jupiter.api.Test;

/** The contract of {@link org.certcollect.store.CodesKey}. */
public abstract class CodesKeyContract extends StoreContract {
  @Test
  void anEmptyStoreHasNoKey() {
    assertThat(store.codesKey().keyCheckValue()).isEmpty();
  }

  @Test
  void theFirstKeyCountsOnEveryNode() throws Exception {
    Store another = openAnother();

    assertThat(store.codesKey().adopt(code("A"), ALICE)).isEqualTo(code("A"));

    assertThat(another.codesKey().adopt(code("B"), ALICE)).isEqualTo(code("A"));
    assertThat(another.codesKey().adopt(code("A"), ALICE)).isEqualTo(code("A"));
    assertThat(another.codesKey().keyCheckValue()).contains(code("A"));
  }

  @Test
  void aLostKeyIsReplaced() {
    store.codesKey().replace(code("A"), ALICE);
    assertThat(store.codesKey().keyCheckValue()).contains(code("A"));

    store.codesKey().replace(code("B"), ALICE);

    assertThat(store.codesKey().keyCheckValue()).contains(code("B"));
  }
}
