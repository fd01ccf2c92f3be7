package org.certcollect.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Root's verbs left keys and the store to root, so that the service could not start. */
class FileOwnerTest {
  private static final Actor ACTOR = new Actor("test");

  @TempDir private Path folder;
  private UserPrincipal owner;

  @BeforeEach
  void giveTheFolderToAnotherUser() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can give files away");
    owner = folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    Files.setOwner(folder, owner);
  }

  @Test
  void filesThatRootMakesBelongToTheOwnerOfTheFolder() throws IOException {
    DataFolder data = new DataFolder(folder);
    try (Store store = data.openOrCreate(Clock.systemUTC())) {
      CollectionCodes codes = new CollectionCodeKey(Optional.empty(), data, store).use(ACTOR);
      assertThat(codes.generate()).isNotEmpty();
      PrivateFiles.replace(data.file(DataFolder.SELF_SIGNED), new byte[1]);
      assertThat(names()).contains("certcollect.sqlite-wal", "certcollect.sqlite-shm");
      requireOwner();
    }
    try (Store store = data.openExisting(Clock.systemUTC())) {
      assertThat(store.accounts().list("", 1)).isEmpty();
      requireOwner();
    }
    requireOwner();
  }

  /** Broke once: the files of a first opening that failed stayed root's, and no service starts. */
  @Test
  void firstOpeningThatFailsLeavesNothingToRoot() throws IOException {
    Clock broken =
        new Clock() {
          @Override
          public Instant instant() {
            throw new IllegalStateException("no time");
          }

          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }
        };
    DataFolder data = new DataFolder(folder);
    assertThatThrownBy(() -> data.openOrCreate(broken)).hasMessageContaining("no time");
    assertThat(names()).contains("certcollect.sqlite");
    requireOwner();
  }

  private void requireOwner() throws IOException {
    for (String name : names()) {
      assertThat(Files.getOwner(folder.resolve(name))).as(name).isEqualTo(owner);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
