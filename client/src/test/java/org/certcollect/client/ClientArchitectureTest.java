package org.certcollect.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

class ClientArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .importUrl(CollectClient.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void theModuleNeedsOnlyTheProtocolAndTheJdk() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "org.certcollect.client..",
            "org.certcollect.protocol..",
            "java..",
            "javax.net.ssl..",
            "org.jspecify..")
        .check(MAIN);
  }

  @Test
  void theModuleLogsNothing() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages("java.util.logging..")
        .check(MAIN);
  }
}
