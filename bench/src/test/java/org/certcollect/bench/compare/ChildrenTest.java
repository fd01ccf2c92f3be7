package org.certcollect.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildrenTest {
  @TempDir Path folder;

  @Test
  void whatWasStartedEndsWithItsParentAndNothingMoreStarts() {
    Children children = new Children();
    Process process = children.start(folder.resolve("log"), List.of("sleep", "600"));
    children.close();
    assertThat(process.isAlive()).isFalse();
    assertThatThrownBy(() -> children.output(List.of("true"))).isInstanceOf(BenchException.class);
  }

  @Test
  void oneProgramsOutputIsAnothersInput() throws Exception {
    try (Children children = new Children()) {
      Path copy = folder.resolve("copy");
      children.pipe(
          List.of("echo", "hello"), List.of("tee", copy.toString()), folder.resolve("log"));
      assertThat(copy).hasContent("hello");
      assertThat(Files.readString(folder.resolve("log"))).isEqualTo("hello\n");
    }
  }

  @Test
  void aProgramThatFailsIsNamed() {
    try (Children children = new Children()) {
      assertThatThrownBy(() -> children.output(List.of("sh", "-c", "exit 3")))
          .hasMessageContaining("sh -c exit 3")
          .hasMessageContaining("ended with 3");
    }
  }
}
