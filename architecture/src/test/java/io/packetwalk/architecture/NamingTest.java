package io.packetwalk.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import org.junit.jupiter.api.Test;

/** Names say what a thing is. */
class NamingTest {
  @Test
  void no_class_is_named_for_being_a_place_to_put_things() {
    noClasses()
        .should()
        .haveNameMatching(".*(Utils?|Helpers?|Manager|Impl|Misc|Common)(\\$.*)?")
        .check(Modules.CLASSES);
  }

  @Test
  void accessors_of_records_have_no_get_prefix() {
    noMethods()
        .that()
        .areDeclaredInClassesThat()
        .areRecords()
        .should()
        .haveNameMatching("get[A-Z].*")
        .check(Modules.CLASSES);
  }
}
