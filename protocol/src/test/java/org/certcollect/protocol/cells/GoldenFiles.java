package org.certcollect.protocol.cells;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The golden files in the source tree. Written only with {@code -Dgolden.write=true}. */
final class GoldenFiles {
  private static final Path FOLDER = Path.of("src", "test", "resources", "golden");
  private static final String SUFFIX = ".http";

  private GoldenFiles() {}

  static boolean isToBeWritten() {
    return Boolean.getBoolean("golden.write");
  }

  /** The names of all files there are. */
  static Set<String> names() throws IOException {
    if (!Files.exists(FOLDER)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> FOLDER.relativize(file).toString().replace('\\', '/'))
          .map(name -> name.endsWith(SUFFIX) ? strip(name) : name)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  static void write(Cell cell, Golden answer) throws IOException {
    Path file = FOLDER.resolve(cell.name() + SUFFIX);
    Files.createDirectories(file.getParent());
    Files.write(file, answer.bytes());
  }

  static void delete(String name) throws IOException {
    Files.deleteIfExists(FOLDER.resolve(name + SUFFIX));
    Files.deleteIfExists(FOLDER.resolve(name));
  }

  private static String strip(String name) {
    return name.substring(0, name.length() - SUFFIX.length());
  }
}
