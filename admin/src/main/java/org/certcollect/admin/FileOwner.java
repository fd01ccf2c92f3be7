package org.certcollect.admin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

/** Gives new files to the owner of their folder, so that a service can read what root has made. */
final class FileOwner {
  private FileOwner() {}

  static void giveToOwnerOfFolder(Path file) {
    PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view == null || !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      PosixFileAttributes folder =
          Files.readAttributes(PrivateFiles.folder(file), PosixFileAttributes.class);
      if (!view.readAttributes().owner().equals(folder.owner())) {
        view.setOwner(folder.owner());
        view.setGroup(folder.group());
      }
    } catch (IOException e) {
      // Only root can give files away. Other users of a shared folder remain the owners of theirs.
    }
  }
}
