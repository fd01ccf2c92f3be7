package org.certcollect.protocol;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Together, the last two rules leave no way for a cycle: form, then protocol, then format. */
class ArchitectureTest {
  private static final String ROOT = "org.certcollect.protocol";
  private static final String FORM = ROOT + ".form";
  private static final String FORMAT = ROOT + ".format";

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void theProtocolNeedsNothingButTheJdk() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(ROOT, FORM, FORMAT, "java..", "org.jspecify..")
        .check(MAIN);
  }

  @Test
  void itHasNoClockNoFilesNoNetworkAndNoThreads() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.net..", "java.nio.file..", "java.nio.channels..", "java.util.concurrent..")
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
  void formsKnowNothingOfTheProtocol() {
    noClasses()
        .that()
        .resideInAPackage(FORM)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT, FORMAT)
        .check(MAIN);
  }

  @Test
  void theProtocolDoesNotKnowItsFormats() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT, FORM)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(FORMAT)
        .check(MAIN);
  }
}
