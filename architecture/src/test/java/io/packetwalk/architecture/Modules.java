package io.packetwalk.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The compiled classes of all modules, without their tests. */
final class Modules {
  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(
              packages(
                  "wire",
                  "capture",
                  "model",
                  "read",
                  "walk",
                  "correlate",
                  "explain",
                  "report",
                  "gather",
                  "lab",
                  "cli"));

  /** The packages whose code is a function of its arguments. */
  static final String[] CORE = packages("wire..", "model..", "walk..", "correlate..", "explain..");

  private Modules() {}

  static String[] packages(String... names) {
    String[] packages = new String[names.length];
    for (int index = 0; index < names.length; index++) {
      packages[index] = "io.packetwalk." + names[index];
    }
    return packages;
  }
}
