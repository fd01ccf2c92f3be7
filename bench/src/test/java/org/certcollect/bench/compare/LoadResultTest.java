package org.certcollect.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LoadResultTest {
  @Test
  void theClientsLineIsRead() {
    assertThat(LoadResult.parse("20123.4\t2\t1500\t3100\t8000\t0.987\n"))
        .isEqualTo(new LoadResult(20123.4, 2, 1500, 3100, 8000, 0.987));
  }

  @Test
  void anotherLineIsRefusedAndShown() {
    assertThatThrownBy(() -> LoadResult.parse("connect: refused"))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("connect: refused");
  }
}
