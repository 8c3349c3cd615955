package io.packetwalk.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The core gives the same answer for the same question, and touches nothing while it thinks. */
class PurityTest {
  private static final Set<String> SYSTEM_CALLS_ALLOWED = Set.of("arraycopy", "identityHashCode");

  @Test
  void the_core_reads_and_writes_nothing() {
    noClasses()
        .that()
        .resideInAnyPackage(Modules.CORE)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "java.io..",
                "java.nio.file..",
                "java.nio.channels..",
                "java.net..",
                "java.util.logging..",
                "java.util.prefs.."))
        .check(Modules.CLASSES);
  }

  @Test
  void the_core_knows_no_clock_and_no_chance() {
    noClasses()
        .that()
        .resideInAnyPackage(Modules.CORE)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.util.random..")
                .or(type(SecureRandom.class))
                .or(type(Random.class))
                .or(type(Clock.class))
                .or(type(UUID.class)))
        .orShould()
        .accessTargetWhere(callOf("java.time", "now"))
        .orShould()
        .accessTargetWhere(callOf("java.lang.Math", "random"))
        .check(Modules.CLASSES);
  }

  @Test
  void the_core_starts_no_thread_and_shares_nothing_between_threads() {
    noClasses()
        .that()
        .resideInAnyPackage(Modules.CORE)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.util.concurrent..")
                .or(type(Thread.class))
                .or(type(ThreadLocal.class)))
        .check(Modules.CLASSES);
  }

  @Test
  void the_core_asks_the_system_for_nothing() {
    noClasses()
        .that()
        .resideInAnyPackage(Modules.CORE)
        .should()
        .accessTargetWhere(
            describe(
                "a member of System",
                access ->
                    access.getTargetOwner().isEquivalentTo(System.class)
                        && !SYSTEM_CALLS_ALLOWED.contains(access.getTarget().getName())))
        .orShould()
        .dependOnClassesThat(type(Runtime.class).or(type(ProcessBuilder.class)))
        .check(Modules.CLASSES);
  }

  @Test
  void the_core_has_no_static_state() {
    fields()
        .that()
        .areDeclaredInClassesThat()
        .resideInAnyPackage(Modules.CORE)
        .and()
        .areStatic()
        .should()
        .beFinal()
        .check(Modules.CLASSES);
  }

  @Test
  void fields_of_the_model_are_final() {
    fields()
        .that()
        .areDeclaredInClassesThat()
        .resideInAnyPackage(Modules.packages("model.."))
        .should()
        .beFinal()
        .check(Modules.CLASSES);
  }

  @Test
  void only_the_wire_module_looks_at_bytes_in_their_order() {
    noClasses()
        .that()
        .resideInAnyPackage(Modules.packages("model..", "walk..", "report.."))
        .should()
        .dependOnClassesThat(resideInAnyPackage("java.nio", "java.lang.foreign"))
        .check(Modules.CLASSES);
  }

  private static DescribedPredicate<JavaAccess<?>> callOf(String owner, String name) {
    return describe(
        owner + "." + name,
        access ->
            access.getTargetOwner().getName().startsWith(owner)
                && access.getTarget().getName().equals(name));
  }
}
