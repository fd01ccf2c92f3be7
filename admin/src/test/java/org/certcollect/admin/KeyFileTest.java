package org.certcollect.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
  @TempDir private Path folder;

  @RepeatedTest(20)
  void everybodyWhoMakesItAtTheSameTimeGetsTheSameKey() throws Exception {
    int many = 8;
    CyclicBarrier start = new CyclicBarrier(many);
    Path file = folder.resolve("key");
    ExecutorService threads = Executors.newFixedThreadPool(many);
    try {
      Callable<String> make =
          () -> {
            start.await();
            return HexFormat.of().formatHex(KeyFile.readOrCreate(file));
          };
      List<Future<String>> keys = Stream.generate(() -> threads.submit(make)).limit(many).toList();
      String first = keys.get(0).get();
      for (Future<String> key : keys) {
        assertThat(key.get()).isEqualTo(first).hasSize(64);
      }
    } finally {
      threads.shutdown();
    }
    assertThat(files()).containsExactly("key");
  }

  @Test
  void itIsReadableByItsOwnerOnlyAndStaysTheSame() throws IOException {
    Path file = folder.resolve("key");
    byte[] key = KeyFile.readOrCreate(file);
    assertThat(KeyFile.readOrCreate(file)).isEqualTo(key);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void shortOrMissingKeyIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("short"), new byte[31]);
    assertThatThrownBy(() -> KeyFile.read(file))
        .isInstanceOf(CodeKeyException.class)
        .hasMessageContaining("32 bytes");
    assertThatThrownBy(() -> KeyFile.read(folder.resolve("none")))
        .isInstanceOf(FileException.class);
  }

  @Test
  void replacedFileIsWholeAndPrivate() throws IOException {
    Path file = Files.writeString(folder.resolve("key"), "old");
    PrivateFiles.replace(file, new byte[] {1, 2});
    assertThat(file).hasBinaryContent(new byte[] {1, 2});
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(files()).containsExactly("key");
  }

  /** Broke once: it was reopened by its name, so a link put there led root to any other file. */
  @Test
  void temporaryFileThatBecameALinkIsNotFollowed() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "precious");
    Path temporary = PrivateFiles.temporary(folder);
    Files.delete(temporary);
    Files.createSymbolicLink(temporary, other);
    assertThatThrownBy(() -> PrivateFiles.openTemporary(temporary)).isInstanceOf(IOException.class);
    assertThat(other).hasContent("precious");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
