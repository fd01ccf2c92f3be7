package org.certcollect.store;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class StoreArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.certcollect.store");

  @Test
  void theStoreDependsOnTheJdkItsDriversAndThePoolAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax..",
            "org.sqlite..",
            "org.postgresql..",
            "com.zaxxer.hikari..",
            "org.bouncycastle..",
            "org.jspecify..",
            "org.certcollect.store..")
        .check(MAIN);
  }

  @Test
  void theDomainAndX509KnowNothingOfTheDatabase() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.certcollect.store", "org.certcollect.store.domain", "org.certcollect.store.x509")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.certcollect.store.jdbc..", "java.sql..", "org.sqlite..", "org.postgresql..")
        .check(MAIN);
  }

  @Test
  void bouncyCastleIsKnownToTheReaderOfCertificatesOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.certcollect.store.x509")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.bouncycastle..")
        .check(MAIN);
  }

  @Test
  void theDriverOfSqliteIsKnownToItsPackageOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.certcollect.store.jdbc.sqlite")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.sqlite..")
        .check(MAIN);
  }

  @Test
  void theDriverAndThePoolOfPostgresqlAreKnownToTheirPackageOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.certcollect.store.jdbc.postgres")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.postgresql..", "com.zaxxer..")
        .check(MAIN);
  }

  @Test
  void noPackagesDependOnEachOther() {
    slices().matching("org.certcollect.(**)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void theContractKitDependsOnTheStoreJunitAndAssertjOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax..",
            "org.jspecify..",
            "org.junit.jupiter..",
            "org.assertj..",
            // A dependency of the store itself.
            "org.bouncycastle..",
            "org.certcollect.store",
            "org.certcollect.store.contract",
            "org.certcollect.store.domain",
            "org.certcollect.store.transfer",
            "org.certcollect.store.x509")
        .check(new ClassFileImporter().importPackages("org.certcollect.store.contract"));
  }
}
