package io.packetwalk.architecture;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

/** One direction from text to answer, no back and forth. */
class DependencyTest {
  @Test
  void modules_use_only_what_stands_before_them_on_the_way_of_the_data() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("io.packetwalk..")
        .layer("wire")
        .definedBy("io.packetwalk.wire..")
        .layer("capture")
        .definedBy("io.packetwalk.capture..")
        .layer("model")
        .definedBy("io.packetwalk.model..")
        .layer("read")
        .definedBy("io.packetwalk.read..")
        .layer("walk")
        .definedBy("io.packetwalk.walk..")
        .layer("correlate")
        .definedBy("io.packetwalk.correlate..")
        .layer("explain")
        .definedBy("io.packetwalk.explain..")
        .layer("report")
        .definedBy("io.packetwalk.report..")
        .layer("gather")
        .definedBy("io.packetwalk.gather..")
        .layer("lab")
        .definedBy("io.packetwalk.lab..")
        .layer("cli")
        .definedBy("io.packetwalk.cli..")
        .whereLayer("wire")
        .mayNotAccessAnyLayer()
        .whereLayer("capture")
        .mayOnlyAccessLayers("model", "wire")
        .whereLayer("model")
        .mayOnlyAccessLayers("wire")
        .whereLayer("read")
        .mayOnlyAccessLayers("model", "wire")
        .whereLayer("walk")
        .mayOnlyAccessLayers("model", "wire")
        .whereLayer("correlate")
        .mayOnlyAccessLayers("walk", "capture", "model", "wire")
        .whereLayer("explain")
        .mayOnlyAccessLayers("correlate", "walk", "capture", "model", "wire")
        .whereLayer("report")
        .mayOnlyAccessLayers("explain", "correlate", "walk", "capture", "model", "wire")
        .whereLayer("gather")
        .mayNotAccessAnyLayer()
        .whereLayer("lab")
        .mayOnlyAccessLayers("gather", "capture", "wire")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .check(Modules.CLASSES);
  }

  @Test
  void modules_have_no_cycles() {
    slices().matching("io.packetwalk.(*)..").should().beFreeOfCycles().check(Modules.CLASSES);
  }

  /** A module's own package may gather what the packages below it hold, and lend them its types. */
  @Test
  void the_packages_within_a_module_have_no_cycles() {
    slices().matching("io.packetwalk.(*).(*)..").should().beFreeOfCycles().check(Modules.CLASSES);
  }

  @Test
  void the_model_and_the_walk_know_no_file_format_of_objects() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAnyPackage(Modules.CORE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("tools.jackson..", "com.fasterxml..", "picocli..")
        .check(Modules.CLASSES);
  }
}
