package org.certcollect.cli.transfer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.certcollect.cli.Main;

/** Starts the command in a JVM of its own. */
final class Children {
  private Children() {}

  static Process start(Path temporary, String memory, String... arguments) throws IOException {
    return start(temporary, memory, Map.of(), arguments);
  }

  /**
   * Starts it.
   *
   * @param temporary where its temporary files and its output go, the output as {@code out.txt}
   * @param memory an option of the JVM
   * @param settings variables of its environment
   */
  static Process start(
      Path temporary, String memory, Map<String, String> settings, String... arguments)
      throws IOException {
    return start(temporary, ProcessBuilder.Redirect.PIPE, memory, settings, arguments);
  }

  /**
   * Starts it.
   *
   * @param in what it reads
   */
  static Process start(
      Path temporary,
      ProcessBuilder.Redirect in,
      String memory,
      Map<String, String> settings,
      String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // As the launcher has it, but for the second compiler, which would not pay.
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(memory, "-XX:+ExitOnOutOfMemoryError"));
    command.add("-Djava.io.tmpdir=" + temporary);
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("CERTCOLLECT_"));
    builder.environment().putAll(settings);
    return builder
        .redirectInput(in)
        .redirectErrorStream(true)
        .redirectOutput(temporary.resolve("out.txt").toFile())
        .start();
  }
}
