package org.certcollect.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.netty.util.NetUtil;
import org.junit.jupiter.api.Test;

class ServerArchitectureTest {
  private static final String ROOT = "org.certcollect.server";
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.certcollect");

  @Test
  void packagesDependDownwardsOnly() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("server")
        .definedBy(ROOT)
        .layer("management")
        .definedBy(ROOT + ".management..")
        .layer("metrics")
        .definedBy(ROOT + ".metrics..")
        .layer("api")
        .definedBy(ROOT + ".api..")
        .layer("page")
        .definedBy(ROOT + ".page..")
        .layer("http")
        .definedBy(ROOT + ".http..")
        .layer("mail")
        .definedBy(ROOT + ".mail..")
        .layer("push")
        .definedBy(ROOT + ".push..")
        .layer("delivery")
        .definedBy(ROOT + ".delivery..")
        .layer("collect")
        .definedBy(ROOT + ".collect..")
        .layer("auth")
        .definedBy(ROOT + ".auth..")
        .layer("log")
        .definedBy(ROOT + ".log..")
        .layer("config")
        .definedBy(ROOT + ".config..")
        .whereLayer("server")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("api")
        .mayOnlyBeAccessedByLayers("server")
        .whereLayer("page")
        .mayOnlyBeAccessedByLayers("server")
        .whereLayer("http")
        .mayOnlyBeAccessedByLayers("server", "management", "metrics", "api", "page", "push")
        .whereLayer("mail")
        .mayOnlyBeAccessedByLayers("server", "metrics")
        .whereLayer("push")
        .mayOnlyBeAccessedByLayers("server", "metrics", "api")
        .whereLayer("delivery")
        .mayOnlyBeAccessedByLayers("mail", "push")
        .whereLayer("collect")
        .mayOnlyBeAccessedByLayers("server", "http", "metrics", "api", "page", "mail")
        .whereLayer("auth")
        .mayOnlyBeAccessedByLayers("server", "http", "collect", "metrics", "api", "page")
        .whereLayer("log")
        .mayNotAccessAnyLayer()
        .whereLayer("config")
        .mayNotAccessAnyLayer()
        .check(MAIN);
  }

  @Test
  void theOtherModulesKnowNothingOfTheServerNorItOfTheCommandLine() {
    noClasses()
        .that()
        .resideInAnyPackage("org.certcollect.protocol..", "org.certcollect.store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.certcollect.server..", "org.certcollect.cli..")
        .check(MAIN);
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.certcollect.cli..", "org.certcollect.store.jdbc..", "java.sql..")
        .check(MAIN);
    noClasses()
        .that()
        .resideInAnyPackage("org.certcollect.protocol..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.certcollect.store..")
        .check(MAIN);
  }

  /** The rule allows every package to use Netty's parser of addresses. */
  @Test
  void theHttpEngineIsKnownToTheServerAndItsHttpSideAlone() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + ".management..",
            ROOT + ".metrics..",
            ROOT + ".collect..",
            ROOT + ".auth..",
            ROOT + ".log..",
            ROOT + ".config..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("io.vertx..", "io.netty..").and(not(equivalentTo(NetUtil.class))))
        .check(MAIN);
  }
}
