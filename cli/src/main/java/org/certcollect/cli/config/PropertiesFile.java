package org.certcollect.cli.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.certcollect.admin.FileException;
import org.certcollect.admin.InputFiles;

/**
 * Reads a file of lines {@code key = value}, in UTF-8; empty lines and those that start with {@code
 * #} are skipped. Unlike {@link java.util.Properties} it knows each value's line, has no escapes,
 * and does not let a later line silently win.
 */
final class PropertiesFile {
  private PropertiesFile() {}

  static List<Entry> read(Path file, List<String> problems) {
    List<String> lines;
    try {
      lines = InputFiles.text(file).lines().toList();
    } catch (FileException e) {
      problems.add(e.getMessage());
      return List.of();
    }
    List<Entry> entries = new ArrayList<>();
    Map<String, Entry.SettingOrigin> seen = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      Entry.SettingOrigin origin = Entry.SettingOrigin.line(file, i + 1);
      int equals = line.indexOf('=');
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (equals < 1) {
        problems.add(origin.text() + ": the line is not of the form key = value");
        continue;
      }
      String name = line.substring(0, equals).strip();
      Entry.SettingOrigin earlier = seen.putIfAbsent(name, origin);
      if (earlier != null) {
        problems.add(
            "%s: %s is already set at %s: keep one of them"
                .formatted(origin.text(), name, earlier.text()));
        continue;
      }
      entries.add(new Entry(name, line.substring(equals + 1).strip(), origin));
    }
    return entries;
  }
}
