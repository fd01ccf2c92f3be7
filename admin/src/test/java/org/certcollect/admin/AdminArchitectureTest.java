package org.certcollect.admin;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class AdminArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.certcollect.admin");

  @Test
  void adminKnowsTheStoreButNoFrontEnd() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.certcollect.protocol..",
            "org.certcollect.server..",
            "org.certcollect.cli..",
            "picocli..",
            "io.vertx..",
            "java.sql..")
        .check(MAIN);
  }

  @Test
  void packagesHaveNoCycle() {
    slices().matching("org.certcollect.(**)").should().beFreeOfCycles().check(MAIN);
  }
}
