package io.packetwalk.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

class PurityTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPackages("io.packetwalk");

  @Test
  void the_core_touches_no_files() {
    noClasses()
        .that()
        .resideInAnyPackage("io.packetwalk.wire..", "io.packetwalk.model..", "io.packetwalk.walk..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.io", "java.nio.file..", "java.net..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }
}
