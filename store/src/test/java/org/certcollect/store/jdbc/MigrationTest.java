package org.certcollect.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.certcollect.store.jdbc.table.JdbcStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationTest {
  private static List<String> names(String engine) {
    return JdbcStore.migrations(engine).stream().map(Migration::name).toList();
  }

  /** A database tells its version by the highest number, so a gap would hide a missing step. */
  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "postgresql"})
  void versionsAreCountedFromOneWithoutGaps(String engine) {
    List<Migration> all = JdbcStore.migrations(engine);
    assertThat(all)
        .extracting(Migration::version)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, all.size()).boxed().toList());
    assertThat(names(engine)).allMatch(name -> name.matches("[0-9]{4}-[a-z-]+\\.sql"));
  }

  @Test
  void bothEnginesHaveMigrationsOfTheSameNames() {
    assertThat(names("sqlite")).isEqualTo(names("postgresql"));
  }

  /** A file that is not in the list would be applied nowhere. */
  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "postgresql"})
  void everyFileIsAMigration(String engine) throws IOException, URISyntaxException {
    URL first =
        Objects.requireNonNull(
            Migration.class.getResource("migration/" + engine + "/0001-first.sql"));
    try (Stream<Path> files = Files.list(Path.of(first.toURI()).resolveSibling(""))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(names(engine));
    }
  }
}
