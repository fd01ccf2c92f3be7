package org.certcollect.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StatisticsTest {
  @Test
  void theMedianOfAnOddCountIsTheMiddleOne() {
    assertThat(Statistics.median(9, 1, 5)).isEqualTo(5);
  }

  @Test
  void theMedianOfAnEvenCountIsTheMeanOfTheMiddleTwo() {
    assertThat(Statistics.median(8, 1, 4, 100)).isEqualTo(6);
  }

  @Test
  void noValuesHaveNoMedian() {
    assertThatThrownBy(() -> Statistics.median()).isInstanceOf(IllegalArgumentException.class);
  }
}
