package org.certcollect.protocol.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.certcollect.protocol.QueryType;
import org.certcollect.protocol.cells.Unpacked;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Info-ZIP finds no fault with any archive. */
class UnzipTest {
  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("org.certcollect.protocol.fixtures.Fixtures#chains")
  void unzipTestsAndListsTheFiles(String chain) throws Exception {
    for (QueryType query :
        new QueryType[] {QueryType.EVERYTHING, QueryType.END_ENTITY, QueryType.CA_BUNDLE}) {
      byte[] archive = Encoded.zip(chain, query);
      if (Unpacked.files(archive).isEmpty()) {
        // unzip warns of an archive without files: see ZipArchiveTest.
        continue;
      }
      Files.write(folder.resolve("a.zip"), archive);
      assertThat(Tools.run(folder, "unzip", "-t", "a.zip")).contains("No errors detected");
      assertThat(Tools.run(folder, "unzip", "-Z1", "a.zip").lines())
          .containsExactlyElementsOf(Unpacked.files(archive).keySet());
    }
  }
}
