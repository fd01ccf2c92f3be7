package org.certcollect.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ServerProcessesTest {
  @Test
  void theTimeOfAProcessAndOfItsEndedChildrenIsSummedWhateverItsName() {
    String stat = "42 (a) b (c) S 1 42 42 0 -1 4194560 100 200 0 0 11 22 33 44 20 0 1 0 100\n";
    assertThat(ServerProcesses.ticks(stat)).isEqualTo(110);
  }

  @Test
  void memoryIsSplitByWhatItIsOf() {
    String status =
        """
        Name:\tjava
        VmRSS:\t  204800 kB
        RssAnon:\t  102400 kB
        RssFile:\t  102396 kB
        RssShmem:\t       4 kB
        """;
    assertThat(Memory.parse(status)).isEqualTo(new Memory(204_800, 102_400, 102_396));
  }

  @Test
  void thisProcessHasTimeAndMemory() {
    ServerProcesses self = new ServerProcesses(List.of(ProcessHandle.current()));
    assertThat(self.cpuSeconds()).isPositive();
    assertThat(self.memory().all()).isPositive();
  }
}
