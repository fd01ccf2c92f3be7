package org.certcollect.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The rules for packages and modules, over all modules of the jar. */
class CliArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(
              location -> !location.contains("tests.jar") && !location.contains("-test/"))
          .importPackages("org.certcollect");

  @Test
  void packagesHaveNoCycle() {
    slices().matching("org.certcollect.(**)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void modulesDependDownwardsOnly() {
    require("org.certcollect.protocol..", "store", "admin", "server", "client", "cli");
    require("org.certcollect.store..", "protocol", "admin", "server", "client", "cli");
    require("org.certcollect.admin..", "protocol", "server", "client", "cli");
    require("org.certcollect.server..", "client", "cli");
    require("org.certcollect.client..", "store", "admin", "server", "cli");
  }

  @Test
  void verbsAreKnownToTheCommandTreeOnly() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.certcollect.cli.verb..",
            "org.certcollect.cli.config..",
            "org.certcollect.cli.output..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.certcollect.cli",
            "org.certcollect.cli.account..",
            "org.certcollect.cli.order..",
            "org.certcollect.cli.ca..",
            "org.certcollect.cli.collect..",
            "org.certcollect.cli.transfer..",
            "org.certcollect.cli.serve..",
            "org.certcollect.cli.demo..",
            "org.certcollect.cli.settings..")
        .check(MAIN);
  }

  private static void require(String module, String... others) {
    for (String other : others) {
      noClasses()
          .that()
          .resideInAPackage(module)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.certcollect." + other + "..")
          .check(MAIN);
    }
  }
}
