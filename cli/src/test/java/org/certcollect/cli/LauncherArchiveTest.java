package org.certcollect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests which archive of classes the launcher makes, and which the JVM reads. */
class LauncherArchiveTest extends LauncherScenario {
  /** A java that writes its arguments to what it is to make, and to a list of its calls. */
  private static final String WRITES_ARCHIVES =
      "for o; do case $o in *Output=* | *LoadedClassList=* | *ArchiveFile=*)"
          + " echo \"$*\" >\"${o#*=}\"; echo \"$*\" >>\"$0.calls\" ;; esac; done;"
          + " printf '<%s>' \"$@\"";

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
    Files.createFile(target.resolve("launcher-17-of-another-jar.jsa"));
    Files.createFile(target.resolve("launcher-99-1-1-1-1-verbs.aot.123.list"));
    Files.createFile(target.resolve(archive().replaceAll(".*/launcher-99(.*)>", "launcher-98$1")));
    Files.createFile(Path.of(archive().replaceAll(".*=|>", "")));
    script(folder.resolve("jdk-99/bin/java"), WRITES_ARCHIVES);

    Result made = launch("archive-classes", "--time=1s");

    String server = archiveOf("server");
    String verbs = archiveOf("verbs");
    assertThat(made.exit()).isZero();
    assertThat(made.out())
        .isEqualTo("%s%n%s%n".formatted(target.resolve(server), target.resolve(verbs)));
    assertThat(made.err()).contains("of classes ...");
    assertThat(archives())
        .containsExactlyInAnyOrder(server, verbs, server.replaceAll("99(.*)-server.*", "98$1.jsa"));
    assertThat(target.resolve(server))
        .content()
        .contains("--of=server", "-XX:CompileThresholdScaling=0.2")
        .doesNotContain("-AOT");
    assertThat(target.resolve(verbs))
        .content()
        .contains("--of=verbs", "-XX:-AOTRecordTraining")
        .doesNotContain("Scaling");
    for (Map.Entry<String, String> read :
        Map.of("serve", server, "demo", server, "account", verbs, "import", verbs).entrySet()) {
      assertThat(launch(read.getKey()).out())
          .contains("<-XX:AOTCache=", "/" + read.getValue() + ">")
          .doesNotContain("SharedArchive");
    }
    assertThat(launch("archive-classes", "--help").out()).contains("<--help>");
  }

  /** JDK 17 crashes when the JVM that loads the classes writes the archive, too. */
  @Test
  void javaBefore25WritesArchivesFromListsOfClasses() throws Exception {
    launch("account");
    ProcessBuilder builder = with("jdk-17", WRITES_ARCHIVES);

    Result made = run(builder);

    assertThat(made.err()).contains("half a minute");
    Path server = jar().resolveSibling(archiveOf("server"));
    Path verbs = jar().resolveSibling(archiveOf("verbs"));
    assertThat(made.out()).isEqualTo("%s%n%s%n".formatted(server, verbs));
    assertThat(archives()).hasSize(2).allMatch(name -> name.endsWith(".jsa"));
    List<String> calls = Files.readAllLines(folder.resolve("jdk-17/bin/java.calls"));
    assertThat(calls).hasSize(4);
    assertThat(calls.get(0)).contains("-Dmine=1", "-Xshare:off", "archive-classes --of=server");
    assertThat(calls.get(2)).contains("-Xshare:off", "archive-classes --of=verbs");
    for (int list : List.of(0, 2)) {
      String file = calls.get(list).replaceAll(".*LoadedClassList=(\\S+) .*", "$1");
      assertThat(calls.get(list + 1))
          .contains("-Xshare:dump", "-XX:SharedClassListFile=" + file + " ", "+UseG1GC", "-cp ")
          .doesNotContain("-Dmine", "SerialGC", "--of");
    }
    for (Map.Entry<String, Path> read :
        Map.of("serve", server, "demo", server, "account", verbs, "import", verbs).entrySet()) {
      builder.command().set(1, read.getKey());
      assertThat(run(builder).out())
          .contains("<-XX:SharedArchiveFile=" + read.getValue().toRealPath() + ">")
          .doesNotContain("AutoCreate");
    }
  }

  /** Such an archive takes the place of the JDK's own. */
  @Test
  void archivesAreNotReadWithUncompressedReferences() throws Exception {
    launch("account");
    ProcessBuilder builder = with("jdk-17", WRITES_ARCHIVES);
    run(builder);
    assertThat(archives()).hasSize(2);

    builder.command().set(1, "account");
    for (String fits : List.of("-XX:+UseG1GC", "-XX:+UseSerialGC", "-Xmx1g")) {
      builder.environment().put("CERTCOLLECT_JAVA_OPTS", fits);
      assertThat(run(builder).out()).contains(fits, "<-XX:SharedArchiveFile=");
    }
    for (String own : List.of("-XX:+UseZGC", "-XX:-UseCompressedOops")) {
      builder.environment().put("CERTCOLLECT_JAVA_OPTS", own);
      assertThat(run(builder).out()).contains(own).doesNotContain("SharedArchive");
    }

    script(folder.resolve("jdk-99/bin/java"), WRITES_ARCHIVES);
    launch("archive-classes");
    builder.environment().remove("CERTCOLLECT_JAVA");
    assertThat(run(builder).out()).contains("-UseCompressedOops").doesNotContain("AOTCache");
    builder.environment().remove("CERTCOLLECT_JAVA_OPTS");
    assertThat(run(builder).out()).contains("AOTCache");
  }

  /** A JVM with an agent refuses to make one. */
  @Test
  void archiveIsMadeWithoutTheOperatorsOptions() throws Exception {
    launch("account");
    ProcessBuilder builder =
        with("jdk-17", "case $* in *:dump*) env >\"$0.env\" ;; esac; " + WRITES_ARCHIVES);
    List<String> variables = List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS");
    variables.forEach(name -> builder.environment().put(name, "-Dagent=1"));
    builder.environment().put("CERTCOLLECT_JAVA_OPTS", "-Dagent=2");

    assertThat(run(builder).exit()).isZero();

    assertThat(folder.resolve("jdk-17/bin/java.env")).content().doesNotContain("-Dagent=1");
    assertThat(Files.readAllLines(folder.resolve("jdk-17/bin/java.calls")))
        .hasSize(4)
        .allMatch(call -> call.contains("-Dagent=2") == call.contains("-Xshare:off"));
  }

  @Test
  void listOrArchiveThatIsNotMadeLeavesNothing() throws Exception {
    launch("account");
    Result failed =
        run(with("jdk-17", WRITES_ARCHIVES + "; case $* in *Loaded*) echo no list; exit 3;; esac"));
    assertThat(failed.exit()).isEqualTo(3);
    assertThat(failed.err()).contains("no list");
    assertThat(archives()).isEmpty();

    Result full =
        run(with("jdk-17", "case $* in *:dump*) echo full; exit 4 ;; esac;" + WRITES_ARCHIVES));
    assertThat(full.exit()).isEqualTo(4);
    assertThat(full.err()).contains("full");
    assertThat(archives()).isEmpty();

    Result silent = run(with("jdk-17", "case $* in *:dump*) exit 0 ;; esac;" + WRITES_ARCHIVES));
    assertThat(silent.exit()).isEqualTo(70);
    assertThat(silent.err()).contains("made no archive");
    assertThat(archives()).isEmpty();
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

  /** A terminal and `timeout` interrupt the whole group, and the JVM writes until it ends. */
  @Test
  void archiveWhoseMakersAreInterruptedLeavesNothing() throws Exception {
    launch("account");
    ProcessBuilder builder =
        with(
            "jdk-17",
            "case $* in *:dump*) trap '' TERM; kill -TERM 0; all=$*; list=${all#*ClassListFile=};"
                + " i=0; while [ -e \"${list%% *}\" ] && [ $i -lt 20000 ]; do i=$((i + 1)); done ;;"
                + " esac;"
                + WRITES_ARCHIVES);
    builder.command().add(0, "setsid");
    builder.command().add(1, "--wait");
    assertThat(run(builder).exit()).isEqualTo(143);
    assertThat(archives()).isEmpty();
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

  /** A command that makes archives with a Java that does so by a line of its script. */
  private ProcessBuilder with(String java, String line) throws IOException {
    Path program = folder.resolve(java + "/bin/java");
    script(program, line);
    ProcessBuilder builder = builder("archive-classes");
    builder.environment().put("CERTCOLLECT_JAVA", program.toString());
    return builder;
  }

  private String archiveOf(String part) throws IOException {
    return archives().stream()
        .filter(name -> name.matches(".*-" + part + "[.](aot|jsa)"))
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
}
