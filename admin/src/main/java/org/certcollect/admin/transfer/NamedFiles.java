package org.certcollect.admin.transfer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.certcollect.admin.DataFolder;
import org.certcollect.admin.FileException;
import org.certcollect.admin.InputFiles;

/** The files that an input names, below its own folder. Safe for use by many threads. */
final class NamedFiles {
  private static final String PEM = "-----BEGIN ";

  private final Path folder;
  private final DataFolder data;

  /**
   * Allows the files below a folder.
   *
   * @param data the data folder, whose own files are refused
   */
  NamedFiles(Path folder, DataFolder data) {
    this.folder = folder.toAbsolutePath();
    this.data = data;
  }

  /** The bytes, as ISO 8859-1, of a PEM text or of the file that a text names. */
  String content(String text) {
    return text.contains(PEM) ? text.replace("\uFEFF", "") : read(text);
  }

  /** The name in messages: of the key for a PEM text, otherwise of the file. */
  static String called(String what, String text) {
    return text.contains(PEM) ? what : text;
  }

  private String read(String name) {
    try {
      Path file = folder.resolve(name);
      // An input from elsewhere must not reach other files of the disk, not even through a link.
      if (!file.toRealPath().startsWith(folder.toRealPath())) {
        throw new InvalidRecordException(
            JsonReader.shown(name) + " lies outside the input's folder");
      }
      if (data.isOwn(file)) {
        throw new InvalidRecordException(
            JsonReader.shown(name) + " is one of certcollect's own files");
      }
      return new String(InputFiles.read(file), StandardCharsets.ISO_8859_1);
    } catch (InvalidPathException | IOException | FileException e) {
      throw new InvalidRecordException(
          JsonReader.shown(name) + " is neither PEM nor a file that can be read");
    }
  }
}
