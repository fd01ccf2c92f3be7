package org.certcollect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what the launcher of a checkout builds and runs, and with which options of the JVM. */
class LauncherTest extends LauncherScenario {
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
  void javaThatRunsAnotherOneIsAskedForItsVersionAndHome() throws Exception {
    Path modules = folder.resolve("behind/lib/modules");
    Files.createDirectories(modules.getParent());
    Files.writeString(modules, "modules");
    script(
        bin.resolve("java"),
        "case $* in -XshowSettings*) echo '    java.home = %s'; echo '    java.version = 100-ea' ;;"
                .formatted(folder.resolve("behind"))
            + " *) printf '<%s>' wrapper \"$@\" ;; esac");

    String out = launch("serve").out();

    assertThat(out).contains("<wrapper>", "/launcher-100-");
    Files.writeString(modules, "an update");
    assertThat(launch("serve").out()).isNotEqualTo(out);
  }

  /** On one core compilers compete with what a user waits for. */
  @Test
  void compilersHaveLessToDoForShortVerbs() throws Exception {
    assertThat(launch("order", "list").out())
        .contains("<-XX:TieredStopAtLevel=1><-XX:CompileThresholdScaling=10>");
    assertThat(launch("demo").out())
        .contains("<-XX:TieredStopAtLevel=1>")
        .doesNotContain("Scaling");
    for (String verb : List.of("serve", "import", "export")) {
      assertThat(launch(verb).out()).doesNotContain("Tiered", "Scaling");
    }
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
      assertThat(run(builder).out()).as(verb).doesNotContain("UseSerialGC", "UseParallelGC");
      builder.environment().put(variable, "-XX:-UseGCOverheadLimit");
      assertThat(run(builder).out())
          .as(verb)
          .contains(verb.equals("import") ? "<-XX:+UseParallelGC>" : "<-XX:+UseSerialGC>");
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

  @Test
  void javaThatIsNamedIsUsedWithoutFlagsThatItDoesNotKnow() throws Exception {
    ProcessBuilder builder = builder("serve");
    builder.environment().put("CERTCOLLECT_JAVA", folder.resolve("jdk-17/bin/java").toString());
    assertThat(run(builder).out()).contains("jdk-17").doesNotContain("memory-access", "Trim");
    builder.environment().put("CERTCOLLECT_JAVA", folder.resolve("none").toString());
    assertThat(run(builder).exit()).isEqualTo(70);
  }
}
