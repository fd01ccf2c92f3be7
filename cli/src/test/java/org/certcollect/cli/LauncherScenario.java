package org.certcollect.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A launcher in a checkout with a Maven and Javas that only write down what they are asked. */
abstract class LauncherScenario {
  @TempDir Path folder;
  Path checkout;
  Path bin;

  @BeforeEach
  void makeACheckout() throws IOException {
    checkout = Files.createDirectories(folder.resolve("checkout"));
    bin = Files.createDirectories(folder.resolve("bin"));
    Files.copy(
        Path.of("..", "certcollect"),
        checkout.resolve("certcollect"),
        StandardCopyOption.COPY_ATTRIBUTES);
    Path start = Path.of("cli/src/main/sh/certcollect");
    Files.createDirectories(checkout.resolve(start).getParent());
    Files.copy(
        Path.of("..").resolve(start), checkout.resolve(start), StandardCopyOption.COPY_ATTRIBUTES);
    Files.writeString(checkout.resolve("cli/pom.xml"), "");
    Files.writeString(checkout.resolve("cli/src/main/Some.java"), "");
    Files.writeString(checkout.resolve("pom.xml"), "");
    script(
        bin.resolve("mvn"), "echo \"$*\" >>mvn.log; echo noise; touch cli/target/certcollect.jar");
    java("jdk-17", "17.0.1");
    java("jdk-99", "99");
  }

  Path jar() {
    return checkout.resolve("cli/target/certcollect.jar");
  }

  void java(String name, String version) throws IOException {
    Path home = folder.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    script(home.resolve("bin/java"), "printf '<%s>' " + name + " \"$@\"");
  }

  static void script(Path file, String line) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + line + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  List<String> builds() throws IOException {
    return Files.readAllLines(checkout.resolve("mvn.log"));
  }

  Result launch(String... arguments) throws Exception {
    return run(builder(arguments));
  }

  ProcessBuilder builder(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(checkout.resolve("certcollect").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
    builder.environment().put("JAVA_HOME", folder.resolve("jdk-99").toString());
    builder.environment().put("CERTCOLLECT_JAVA_OPTS", "-Dmine=1");
    return builder;
  }

  static Result run(ProcessBuilder builder) throws Exception {
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), out, err);
  }

  record Result(int exit, String out, String err) {}
}
