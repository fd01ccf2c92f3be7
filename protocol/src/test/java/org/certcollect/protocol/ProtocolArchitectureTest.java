package org.certcollect.protocol;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.certcollect.protocol.v122.Specification122;
import org.junit.jupiter.api.Test;

/** Dialects stand on the protocol, which stands on forms and formats, which know no protocol. */
class ProtocolArchitectureTest {
  private static final String ROOT = "org.certcollect.protocol";
  private static final String FORM = ROOT + ".form";
  private static final String FORMAT = ROOT + ".format";
  private static final String DIALECTS = ROOT + ".v*..";

  /** The classes beside the dialect: not those of the tests, which have the same packages. */
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .importUrl(Dialect.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void theModuleNeedsOnlyTheJdk() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(ROOT + "..", "java..", "org.jspecify..")
        .check(MAIN);
  }

  @Test
  void theModuleHasNoClockNoFilesNoNetworkAndNoThreads() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "java.net..",
                    "java.nio.file..",
                    "java.nio.channels..",
                    "java.util.concurrent..")
                .and(not(type(URLEncoder.class))))
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.io\\.(File|RandomAccess).*|java\\.time\\.Clock|java\\.util\\.Date")
        .orShould()
        .callMethodWhere(target(name("now")).and(target(owner(resideInAPackage("java.time..")))))
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .check(MAIN);
  }

  @Test
  void packagesHaveNoCycle() {
    slices().matching("(**)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void formsAndFormatsKnowNothingOfTheProtocol() {
    noClasses()
        .that()
        .resideInAPackage(FORM)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT, FORMAT, DIALECTS)
        .check(MAIN);
    noClasses()
        .that()
        .resideInAPackage(FORMAT)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT, FORM, DIALECTS)
        .check(MAIN);
  }

  @Test
  void genericClassesDoNotReferToADialect() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT, FORM, FORMAT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(DIALECTS)
        .check(MAIN);
  }

  /** Argument names stand in the tables of the dialects; a constant is not seen by ArchUnit. */
  @Test
  void genericClassesHoldNoNameOfAnArgument() throws IOException {
    List<String> literals =
        Specification122.DIALECT.arguments().arguments().stream()
            .map(argument -> "\"" + argument.name() + "\"")
            .toList();
    Path root = Path.of("src", "main", "java", "org", "certcollect", "protocol");
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> generic =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !root.relativize(file).toString().matches("v\\d+/.*"))
              .toList();
      assertThat(generic).isNotEmpty();
      for (Path file : generic) {
        assertThat(Files.readString(file)).as("%s", file).doesNotContain(literals);
      }
    }
  }
}
