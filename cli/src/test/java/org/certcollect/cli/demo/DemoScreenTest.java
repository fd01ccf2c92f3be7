package org.certcollect.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.certcollect.cli.serve.Addresses;
import org.junit.jupiter.api.Test;

class DemoScreenTest {
  private static final int COLUMNS = 80;

  /** The cursor takes the last row of a terminal. */
  private static final int ROWS = 24 - 1;

  private final List<String> screen =
      DemoScreen.lines(
          new Addresses("https://localhost:65535", Optional.of("http://localhost:65534")));

  @Test
  void tableAndRequestsFitOneScreen() {
    List<String> all = new ArrayList<>(screen);
    all.add(Demo.READY);

    assertThat(all).hasSizeLessThanOrEqualTo(ROWS);
    assertThat(all).allMatch(line -> line.length() <= COLUMNS);
  }

  @Test
  void fiveRequestsAndEveryStateAreShown() {
    assertThat(screen).filteredOn(line -> line.startsWith("curl ")).hasSize(5);
    assertThat(screen)
        .anyMatch(line -> line.matches("# awaiting payment +-22 +1001 +2001 +DEMACCC222222222"))
        .anyMatch(line -> line.matches("# processing +0 +1002, 1011, 1012 +2002 +DEMACCC333333333"))
        .anyMatch(line -> line.matches("# issued +2 +1004-1009 +2004-2005 +DEMACCC555555555"));
  }
}
