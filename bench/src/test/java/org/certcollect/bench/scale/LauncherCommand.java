package org.certcollect.bench.scale;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands through the launcher, as an operator runs them. */
final class LauncherCommand {
  private LauncherCommand() {}

  static ProcessBuilder of(Path root, Path data, String... arguments) {
    List<String> command =
        new ArrayList<>(List.of(root.resolve("certcollect").toString(), "--data", data.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CERTCOLLECT_JAVA", System.getProperty("java.home") + "/bin/java");
    return builder;
  }
}
