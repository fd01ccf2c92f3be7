package org.certcollect.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AllocationTest {
  @Test
  void whatEachThreadAllocatedIsSummed() {
    String threads =
        """
        "main" #1 prio=5 os_prio=0 cpu=31.36ms elapsed=1.0s allocated=3K defined_classes=5 tid=0x1
        "loop" #2 prio=5 os_prio=0 cpu=31.36ms elapsed=1.0s allocated=2M defined_classes=5 tid=0x2
        "new" #3 prio=5 os_prio=0 cpu=31.36ms elapsed=1.0s allocated=96B defined_classes=5 tid=0x3
        "G1 Service" os_prio=0 cpu=0.1ms elapsed=1.0s tid=0x4
        """;
    assertThat(Allocation.parse(threads)).isEqualTo(3 * 1024 + 2 * 1024 * 1024 + 96);
  }
}
