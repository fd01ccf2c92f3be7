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
  /** A java that writes its arguments to the archive that it is to make. */
  private static final String WRITES_ARCHIVES =
      "for o; do case $o in *Output=* | *ClassList=* | *ArchiveFile=*)"
          + " echo \"$*\" >>\"${o#*=}\" ;; esac; done; printf '<%s>' \"$@\"";

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

  /** JDK 17 crashes when the JVM that loads the classes writes the archive, too. */
  @Test
  void javaBefore25WritesArchivesFromListsOfClasses() throws Exception {
    launch("account");
    java("jdk-17", "17.0.1");
    script(folder.resolve("jdk-17/bin/java"), WRITES_ARCHIVES);
    ProcessBuilder builder = builder("archive-classes");
    builder.environment().put("CERTCOLLECT_JAVA", folder.resolve("jdk-17/bin/java").toString());

    Result made = run(builder);

    assertThat(made.err()).contains("half a minute");
    Path server = jar().resolveSibling(archiveOf("server"));
    Path verbs = jar().resolveSibling(archiveOf("verbs"));
    assertThat(made.out()).isEqualTo("%s%n%s%n".formatted(server, verbs));
    assertThat(archives()).hasSize(2).allMatch(name -> name.endsWith(".jsa"));
    assertThat(server).content().contains("-Xshare:dump").doesNotContain("--of", "AOT");
    for (Map.Entry<String, Path> read :
        Map.of("serve", server, "demo", server, "account", verbs, "import", verbs).entrySet()) {
      builder.command().set(1, read.getKey());
      assertThat(run(builder).out())
          .contains("<-XX:SharedArchiveFile=" + read.getValue().toRealPath() + ">")
          .doesNotContain("AutoCreate");
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
  void listOfClassesThatIsNotMadeIsNotDumped() throws Exception {
    launch("account");
    java("jdk-17", "17.0.1");
    script(
        folder.resolve("jdk-17/bin/java"),
        WRITES_ARCHIVES + "; case $* in *DumpLoaded*) echo no list >&2; exit 3 ;; esac");
    ProcessBuilder builder = builder("archive-classes");
    builder.environment().put("CERTCOLLECT_JAVA", folder.resolve("jdk-17/bin/java").toString());
    Result failed = run(builder);
    assertThat(failed.exit()).isEqualTo(3);
    assertThat(failed.err()).contains("no list");
    assertThat(archives()).isEmpty();
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
