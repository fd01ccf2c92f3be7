package org.certcollect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher in a checkout with a Maven and Javas that only write down what they are asked. */
class LauncherTest {
  @TempDir private Path folder;
  private Path checkout;
  private Path bin;

  /** A java that writes its arguments to the archive that it is to make. */
  private static final String WRITES_ARCHIVES =
      "for o; do case $o in *Output=* | *AtExit=*) echo \"$*\" >\"${o#*=}\" ;; esac; done;"
          + " printf '<%s>' \"$@\"";

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

  @Test
  void itBuildsOnceAndAgainWhenASourceIsNewerOrGone() throws Exception {
    Result first = launch("order", "list");
    assertThat(first.exit()).isZero();
    assertThat(first.err()).contains("building").doesNotContain("noise");
    assertThat(launch("order", "list").err()).isEmpty();
    assertThat(builds()).hasSize(1);

    Files.setLastModifiedTime(jar(), FileTime.from(Instant.now().minusSeconds(60)));
    Files.setLastModifiedTime(
        checkout.resolve("cli/pom.xml"), FileTime.from(Instant.now().minusSeconds(30)));
    launch("order", "list");
    assertThat(builds()).hasSize(2);
  }

  @Test
  void sourceOfTheFutureDoesNotMakeItBuildEveryTime() throws Exception {
    Files.setLastModifiedTime(
        checkout.resolve("cli/pom.xml"), FileTime.from(Instant.now().plusSeconds(3600)));
    launch("x");
    launch("x");
    assertThat(builds()).hasSize(1);
  }

  @Test
  void buildThatWasBrokenOffIsMadeAgain() throws Exception {
    launch("x");
    Files.writeString(checkout.resolve("cli/target/launcher.building"), "");
    launch("x");
    launch("x");
    assertThat(builds()).hasSize(2);
  }

  @Test
  void whatIsBuiltIsRunWhereNothingCanBeWritten() throws Exception {
    launch("x");
    makeTheLockImpossible();
    Result result = launch("order", "list");
    assertThat(result.exit()).isZero();
    assertThat(result.err()).isEmpty();
  }

  @Test
  void whoMayNotBuildIsToldWhyWith70() throws Exception {
    launch("x");
    makeTheLockImpossible();
    Files.delete(jar());
    Result result = launch("x");
    assertThat(result.exit()).isEqualTo(70);
    assertThat(result.err()).contains("may not write to", "cli/target", "owner").hasLineCount(1);
  }

  /** A folder in its place: rights would not hinder root. */
  private void makeTheLockImpossible() throws IOException {
    Path lock = checkout.resolve("cli/target/launcher.lock");
    Files.delete(lock);
    Files.createDirectory(lock);
  }

  private Path jar() {
    return checkout.resolve("cli/target/certcollect.jar");
  }

  @Test
  void ofTwoAtOnceOneBuilds() throws Exception {
    Process one = builder("x").start();
    Process two = builder("x").start();
    assertThat(one.waitFor()).isZero();
    assertThat(two.waitFor()).isZero();
    assertThat(builds()).hasSize(1);
  }

  /** The width was asked of a pipe, so tables were wider than the terminal. */
  @Test
  void itTellsTheWidthOfTheTerminal() throws Exception {
    ProcessBuilder builder = builder("order", "list");
    String launcher = String.join(" ", builder.command());
    builder.command("script", "-qec", "stty cols 72; " + launcher, "/dev/null");
    builder.environment().remove("COLUMNS");

    assertThat(run(builder).out()).contains("<-Dcertcollect.columns=72>");
  }

  /** A first build takes minutes, and showed no sign of life. */
  @Test
  void aTerminalShowsTheModulesThatAreBuilt() throws Exception {
    script(
        bin.resolve("mvn"),
        "echo '[INFO] Building certcollect store 0.1.0    [2/7]'; seq -f 'Downloaded from x: %g'"
            + " 40; touch cli/target/certcollect.jar");
    ProcessBuilder builder = builder("order", "list");
    builder.command("script", "-qec", String.join(" ", builder.command()), "/dev/null");
    assertThat(run(builder).out())
        .contains("building", "\ncertcollect store 0.1.0 [2/7]..\r\n")
        .doesNotContain("INFO", "Downloaded");

    Files.delete(jar());
    assertThat(launch("order", "list").err()).contains("building").hasLineCount(1);
  }

  @Test
  void failedBuildIs70AndShowsWhy() throws Exception {
    script(bin.resolve("mvn"), "echo '[INFO] noise'; echo '[ERROR] it does not compile'; exit 1");
    Result result = launch("x");
    assertThat(result.exit()).isEqualTo(70);
    assertThat(result.err())
        .contains("it does not compile", "the build failed")
        .doesNotContain("noise");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void itRunsTheNewestJavaWithItsFlagsFromAnyFolderAndThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), checkout.resolve("certcollect"));
    ProcessBuilder builder = builder("account", "add", "a b");
    builder.command().set(0, link.toString());
    builder.directory(folder.toFile());
    Result result = run(builder);

    assertThat(result.out())
        .contains(
            "jdk-99",
            "<--sun-misc-unsafe-memory-access=allow>",
            "<-Dmine=1>",
            "<" + checkout.toRealPath() + "/cli/target/certcollect.jar>",
            "<account><add><a b>");
  }

  @Test
  void itTellsTheNameThatItWasStartedBy() throws Exception {
    ProcessBuilder builder = builder("order", "list");
    builder.directory(checkout.toFile()).command().set(0, "./certcollect");
    assertThat(run(builder).out()).contains("<-Dcertcollect.program=./certcollect>");

    Files.createSymbolicLink(bin.resolve("certcollect"), checkout.resolve("certcollect"));
    builder.command().set(0, bin.resolve("certcollect").toString());
    assertThat(run(builder).out()).contains("<-Dcertcollect.program=certcollect>");
  }

  @Test
  void onlyTheVerbItselfDecidesOnTheHeap() throws Exception {
    assertThat(launch("account", "add", "demo").out()).doesNotContain("-Xmn");
    assertThat(launch("account", "show", "import").out()).doesNotContain("-Xms");
    assertThat(launch("--data", "serve", "--debug", "order", "list").out()).doesNotContain("-Xmn");
    assertThat(launch("--config=x", "--data", "d", "serve").out())
        .contains("<-Xms128m><-Xmx512m><-Xmn64m>", "<-XX:TrimNativeHeapInterval=10000>");
    assertThat(launch("--debug", "import", "demo").out()).contains("<-Xms512m><-Xmx512m>");
  }

  @Test
  void heapThatIsAskedForIsTheOnlyOne() throws Exception {
    ProcessBuilder builder = builder("import", "-");
    builder.environment().put("CERTCOLLECT_JAVA_OPTS", "-Dmine=1 -Xmx256m");
    assertThat(run(builder).out()).contains("<-Xmx256m>").doesNotContain("-Xms", "-Xmx512m");
    builder = builder("serve");
    builder.environment().put("JDK_JAVA_OPTIONS", "-Xms9m");
    assertThat(run(builder).out()).contains("-Xmx512m").doesNotContain("-Xms");
  }

  /** Broke once: -Xmx2g in JAVA_TOOL_OPTIONS left the heap at 512 MiB. */
  @ParameterizedTest
  @ValueSource(strings = {"JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS"})
  void aLimitInAVariableOfTheJvmIsTheOnlyOne(String variable) throws Exception {
    for (String verb : List.of("serve", "demo", "import")) {
      for (String limit : List.of("-Xmx2g", "-XX:MaxHeapSize=2g", "-XX:MaxRAMPercentage=50")) {
        ProcessBuilder builder = builder(verb);
        builder.environment().put(variable, "-Dmine=1 " + limit);
        assertThat(run(builder).out()).as(verb + limit).doesNotContain("-Xmx", "-Xms", "-Xmn");
      }
    }
  }

  /** Broke once: the JVM ended with "Multiple garbage collectors selected". */
  @ParameterizedTest
  @ValueSource(
      strings = {"CERTCOLLECT_JAVA_OPTS", "JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS"})
  void aCollectorThatIsAskedForIsTheOnlyOne(String variable) throws Exception {
    for (String verb : List.of("serve", "import", "account")) {
      ProcessBuilder builder = builder(verb);
      builder.environment().put(variable, "-Dmine=1 -XX:+UseG1GC");
      assertThat(run(builder).out()).as(verb).doesNotContain("UseSerialGC");
      builder.environment().put(variable, "-XX:-UseGCOverheadLimit");
      assertThat(run(builder).out()).as(verb).contains("<-XX:+UseSerialGC>");
    }
  }

  /** Broke once: warnings of the JVM were read as records, where there was no class archive. */
  @Test
  void theJvmNeverWritesToStandardOutput() throws Exception {
    for (String verb : List.of("serve", "demo", "export", "account")) {
      assertThat(launch(verb).out()).as(verb).contains("<-Xlog:disable><-Xlog:all=error:stderr>");
    }
  }

  @Test
  void everyVerbEndsWhenItsMemoryIsExhausted() throws Exception {
    for (String verb : List.of("serve", "demo", "import", "account")) {
      assertThat(launch(verb).out()).as(verb).contains("<-XX:+ExitOnOutOfMemoryError>");
    }
  }

  /** The jar and the start script are all that another machine needs. */
  @Test
  void theStartScriptRunsTheJarBesideIt() throws Exception {
    Path place = Files.createDirectory(folder.resolve("place"));
    Path script = place.resolve("certcollect");
    Files.copy(
        checkout.resolve("cli/src/main/sh/certcollect"),
        script,
        StandardCopyOption.COPY_ATTRIBUTES);
    ProcessBuilder builder = builder("serve");
    builder.command().set(0, script.toString());
    Result missing = run(builder);
    assertThat(missing.exit()).isEqualTo(70);
    assertThat(missing.err()).contains(place + "/certcollect.jar is missing");

    Files.writeString(place.resolve("certcollect.jar"), "");

    assertThat(run(builder).out())
        .contains(
            "<-XX:+UseSerialGC>", "<-jar><" + place.toRealPath() + "/certcollect.jar><serve>");
  }

  /** Broke once: under cron, letters of logins and of files were lost. */
  @Test
  void inALocaleOfAsciiItIsUtf8ThatJavaReads() throws Exception {
    script(folder.resolve("jdk-99/bin/java"), "printf '<%s>' \"$LC_ALL\"");
    for (String locale : List.of("C", "POSIX", "", "C.UTF-8")) {
      ProcessBuilder builder = builder("account", "list");
      builder
          .environment()
          .keySet()
          .removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
      builder.environment().put("LC_ALL", locale);
      assertThat(run(builder).out()).as(locale).isEqualTo("<C.UTF-8>");
    }
  }

  /** The JVM would leave that of another jar as it is, and start without. */
  @Test
  void eachJarAndEachBuildOfJavaHasAnArchiveOfItsOwn() throws Exception {
    launch("serve");
    String first = archive();
    assertThat(archive()).isEqualTo(first).endsWith(".jsa>");

    Files.writeString(jar(), "another");
    String second = archive();
    assertThat(second).isNotEqualTo(first);

    Path modules = folder.resolve("jdk-99/lib/modules");
    Files.createDirectories(modules.getParent());
    Files.writeString(modules, "an update");
    assertThat(archive()).isNotEqualTo(second);
  }

  /** To write it takes longer than a verb. */
  @Test
  void aVerbReadsTheArchiveOfAServerAndWritesNone() throws Exception {
    assertThat(launch("account").out()).doesNotContain("Archive");

    String written = archive();
    Files.createFile(Path.of(written.replaceAll(".*=|>", "")));

    assertThat(launch("account").out()).contains(written).doesNotContain("AutoCreate");
  }

  @Test
  void archiveOfNewerJavasIsMadeByAVerbAndReadByAll() throws Exception {
    launch("account");
    Path target = jar().getParent();
    Files.createFile(target.resolve("launcher-99-of-another-jar.aot"));
    Files.createFile(target.resolve("launcher-17-1-1.jsa"));
    script(folder.resolve("jdk-99/bin/java"), WRITES_ARCHIVES);

    Result made = launch("archive-classes", "--time=1s");

    String server = archiveOf("server");
    String verbs = archiveOf("verbs");
    assertThat(made.exit()).isZero();
    assertThat(made.out())
        .isEqualTo("%s%n%s%n".formatted(target.resolve(server), target.resolve(verbs)));
    assertThat(made.err()).contains("of classes ...");
    assertThat(archives()).containsExactlyInAnyOrder("launcher-17-1-1.jsa", server, verbs);
    assertThat(target.resolve(server)).content().contains("--of=server").doesNotContain("-AOT");
    assertThat(target.resolve(verbs)).content().contains("--of=verbs", "-XX:-AOTRecordTraining");
    for (Map.Entry<String, String> read :
        Map.of("serve", server, "demo", server, "account", verbs, "import", verbs).entrySet()) {
      assertThat(launch(read.getKey()).out())
          .contains("<-XX:AOTCache=", "/" + read.getValue() + ">")
          .doesNotContain("SharedArchive");
    }
    assertThat(launch("archive-classes", "--help").out()).contains("<--help>");
  }

  @Test
  void javaBefore25WritesOneArchiveOfClasses() throws Exception {
    launch("account");
    java("jdk-21", "21.0.1");
    script(folder.resolve("jdk-21/bin/java"), WRITES_ARCHIVES);
    ProcessBuilder builder = builder("archive-classes");
    builder.environment().put("CERTCOLLECT_JAVA", folder.resolve("jdk-21/bin/java").toString());

    Result made = run(builder);

    assertThat(made.err()).contains("half a minute");
    String archive = archives().get(0);
    assertThat(archives()).hasSize(1);
    assertThat(made.out()).isEqualTo(jar().resolveSibling(archive) + "\n");
    assertThat(jar().resolveSibling(archive)).content().doesNotContain("--of", "AOT");
    for (String verb : List.of("serve", "account")) {
      builder.command().set(1, verb);
      assertThat(run(builder).out()).contains("/" + archive + ">");
    }
  }

  @Test
  void archiveThatWasNotMadeLeavesNothing() throws Exception {
    launch("account");
    script(
        folder.resolve("jdk-99/bin/java"),
        WRITES_ARCHIVES + "; case $* in *Output=*) echo no option >&2; exit 2 ;; esac");
    Result failed = launch("archive-classes");
    assertThat(failed.exit()).as("that of the verb").isEqualTo(2);
    assertThat(failed.err()).contains("no option");
    assertThat(archives()).isEmpty();

    java("jdk-99", "99");
    assertThat(launch("archive-classes").exit()).isEqualTo(70);
    assertThat(archives()).isEmpty();
  }

  @Test
  void archiveOfServersStaysIfThatOfVerbsIsNotMade() throws Exception {
    launch("account");
    script(
        folder.resolve("jdk-99/bin/java"),
        WRITES_ARCHIVES + "; case $* in *verbs*) echo full; exit 1 ;; esac");
    Result failed = launch("archive-classes");
    assertThat(failed.exit()).isEqualTo(1);
    assertThat(failed.err()).contains("full");
    assertThat(archives()).containsExactly(archiveOf("server"));
    assertThat(launch("account").out()).doesNotContain("AOTCache");
    assertThat(launch("serve").out()).contains("AOTCache");
  }

  @Test
  void wrongArgumentsAreRefusedAtOnce() throws Exception {
    launch("account");
    script(folder.resolve("jdk-99/bin/java"), "echo wrong >&2; exit 2");
    Result refused = launch("archive-classes", "--time=0s");
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("wrong").doesNotContain("making");
  }

  @Test
  void archiveThatIsInterruptedLeavesNothing() throws Exception {
    launch("account");
    script(
        folder.resolve("jdk-99/bin/java"),
        WRITES_ARCHIVES + "; case $* in *Output=*) kill $PPID ;; esac");
    assertThat(launch("archive-classes").exit()).isEqualTo(143);
    assertThat(archives()).isEmpty();
  }

  /** Broke once: the JVM crashed and left a report in the working folder. */
  @Test
  void javaThatCrashesWhenItWritesAnArchiveIsNotAskedTo() throws Exception {
    ProcessBuilder builder = builder("archive-classes");
    builder.environment().put("CERTCOLLECT_JAVA", folder.resolve("jdk-17/bin/java").toString());
    Result refused = run(builder);
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains("needs Java 19 or later");
  }

  private String archiveOf(String part) throws IOException {
    return archives().stream()
        .filter(name -> name.endsWith("-" + part + ".aot"))
        .findFirst()
        .orElseThrow();
  }

  private List<String> archives() throws IOException {
    try (Stream<Path> files = Files.list(jar().getParent())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("launcher-[0-9].*"))
          .toList();
    }
  }

  private String archive() throws Exception {
    return launch("serve").out().replaceAll("(?s).*(<-XX:SharedArchiveFile=[^>]*>).*", "$1");
  }

  @Test
  void javaThatIsNamedIsUsedWithoutFlagsThatItDoesNotKnow() throws Exception {
    ProcessBuilder builder = builder("serve");
    builder.environment().put("CERTCOLLECT_JAVA", folder.resolve("jdk-17/bin/java").toString());
    assertThat(run(builder).out()).contains("jdk-17").doesNotContain("memory-access", "Trim");
    builder.environment().put("CERTCOLLECT_JAVA", folder.resolve("none").toString());
    assertThat(run(builder).exit()).isEqualTo(70);
  }

  private void java(String name, String version) throws IOException {
    Path home = folder.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    script(home.resolve("bin/java"), "printf '<%s>' " + name + " \"$@\"");
  }

  private static void script(Path file, String line) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + line + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private List<String> builds() throws IOException {
    return Files.readAllLines(checkout.resolve("mvn.log"));
  }

  private Result launch(String... arguments) throws Exception {
    return run(builder(arguments));
  }

  private ProcessBuilder builder(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(checkout.resolve("certcollect").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
    builder.environment().put("JAVA_HOME", folder.resolve("jdk-99").toString());
    builder.environment().put("CERTCOLLECT_JAVA_OPTS", "-Dmine=1");
    return builder;
  }

  private static Result run(ProcessBuilder builder) throws Exception {
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), out, err);
  }

  private record Result(int exit, String out, String err) {}
}
