package org.certcollect.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.certcollect.cli.serve.Addresses;
import org.junit.jupiter.api.Test;

class DemoScreenTest {
  private static final int COLUMNS = 80;

  /** The cursor takes the last row of a terminal. */
  private static final int ROWS = 24 - 1;

  private final List<String> screen =
      DemoScreen.lines(
          new DemoPlaces(
              new Addresses("https://localhost:65535", Optional.of("http://localhost:65534")),
              OptionalInt.of(65533),
              Path.of("/tmp/certcollect-1234567890123456789"),
              "./certcollect"));

  @Test
  void tableAndRequestsFitOneScreen() {
    List<String> all = new ArrayList<>(screen);
    all.add(Demo.READY);

    assertThat(all).hasSizeLessThanOrEqualTo(ROWS);
    assertThat(all).allMatch(line -> line.length() <= COLUMNS);
  }

  @Test
  void pageForPeopleAndMailboxComeFirst() {
    assertThat(screen.subList(1, 3))
        .containsExactly(
            "# Page for people: https://localhost:65535/collect#code=DEMACCC666666666",
            "# E-mails it sends: http://localhost:65533/mail");
  }

  @Test
  void fourRequestsAndEveryStateAreShown() {
    assertThat(screen).filteredOn(line -> line.startsWith("curl ")).hasSize(4);
    assertThat(screen)
        .anyMatch(line -> line.matches("# awaiting payment +-22 +1001 +2001 +DEMACCC222222222"))
        .anyMatch(line -> line.matches("# processing +0 +1002, 1011, 1012 +2002 +DEMACCC333333333"))
        .anyMatch(line -> line.matches("# issued +2 +1004-1009 +2004-2005 +DEMACCC555555555"));
  }
}
