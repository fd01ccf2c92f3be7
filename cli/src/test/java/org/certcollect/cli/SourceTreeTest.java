package org.certcollect.cli;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The bounds on names and sizes that hold for the sources of all modules. */
class SourceTreeTest {
  private static final int MAX_FILES_OF_PACKAGE = 30;
  private static final int MAX_FILE_BYTES = 20_000;

  private static List<Path> sources = List.of();

  @BeforeAll
  static void findSources() throws IOException {
    Path root = Path.of("").toAbsolutePath().resolveSibling("");
    try (Stream<Path> files = Files.walk(root)) {
      sources =
          files
              .filter(file -> file.toString().matches(".*/src/(main|test)/java/.*\\.java"))
              .toList();
    }
    assertThat(sources).hasSizeGreaterThan(400);
  }

  @Test
  void noClassNameIsTakenTwice() {
    Map<String, Long> counts =
        sources.stream()
            .map(file -> file.getFileName().toString())
            .filter(name -> !name.endsWith("-info.java"))
            .collect(groupingBy(name -> name, counting()));
    assertThat(counts).allSatisfy((name, count) -> assertThat(count).as(name).isEqualTo(1));
  }

  @Test
  void noPackageHasMoreThan30Files() {
    Map<Path, Long> counts =
        sources.stream()
            .filter(file -> file.toString().contains("/src/main/"))
            .collect(groupingBy(Path::getParent, counting()));
    assertThat(counts)
        .allSatisfy(
            (folder, count) ->
                assertThat(count).as(folder.toString()).isLessThanOrEqualTo(MAX_FILES_OF_PACKAGE));
  }

  @Test
  void noFileHasMoreThan20000Bytes() {
    assertThat(sources)
        .allSatisfy(file -> assertThat(size(file)).isLessThanOrEqualTo(MAX_FILE_BYTES));
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
