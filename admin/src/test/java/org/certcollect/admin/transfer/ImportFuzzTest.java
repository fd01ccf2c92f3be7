package org.certcollect.admin.transfer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Stream;
import org.certcollect.admin.AdminException;
import org.certcollect.admin.CollectionCodeKey;
import org.certcollect.admin.DataFolder;
import org.certcollect.admin.TemporaryFolder;
import org.certcollect.protocol.fixtures.FuzzInputs;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.StoreException;
import org.certcollect.store.x509.UnknownAlgorithms;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A file to import is read record by record, and whatever is wrong is a record's or the file's. */
class ImportFuzzTest {
  private static final TemporaryFolder FOLDER = TemporaryFolder.create();
  private static final DataFolder DATA = new DataFolder(FOLDER.path());
  private static final Store STORE = DATA.openOrCreate(Clock.systemUTC());
  private static final ImportInput.Target TARGET =
      new ImportInput.Target(
          STORE,
          new Actor("fuzz"),
          new CollectionCodeKey(Optional.empty(), DATA, STORE),
          DATA,
          UnknownAlgorithms.REFUSE,
          false,
          true,
          false,
          100);

  @AfterAll
  static void delete() {
    STORE.close();
    FOLDER.close();
  }

  static Stream<Named<byte[]>> inputs() {
    return FuzzInputs.of(ImportFuzzTest.class);
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void storedInputs(byte[] input) throws IOException {
    fuzzerTestOneInput(input);
  }

  public static void fuzzerTestOneInput(byte[] file) throws IOException {
    try (ImportInput input = ImportInput.stream(TARGET, new ByteArrayInputStream(file))) {
      for (Optional<RecordSource.Chunk> chunk = input.source().next();
          chunk.isPresent();
          chunk = input.source().next()) {
        chunk.get().read();
        chunk.get().check();
      }
    } catch (AdminException | StoreException refused) {
      // As it should be.
    }
  }
}
