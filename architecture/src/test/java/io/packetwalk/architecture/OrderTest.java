package io.packetwalk.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The same input renders the same bytes: nothing that is kept has an order that differs from run to
 * run.
 *
 * <p>{@code Map.copyOf} and its like iterate in an order that the JVM draws anew at each start.
 * Constants made with {@code Map.of} or {@code Set.of} to look things up are fine.
 */
class OrderTest {
  @Test
  void no_collection_is_kept_whose_order_is_left_to_chance() {
    noClasses()
        .should()
        .dependOnClassesThat(type(HashMap.class).or(type(HashSet.class)))
        .orShould()
        .callMethodWhere(copiesWithoutOrder())
        .orShould()
        .callMethodWhere(collectsWithoutOrder())
        .because("LinkedHashMap and LinkedHashSet look up as fast and keep their order")
        .check(Modules.CLASSES);
  }

  private static DescribedPredicate<JavaMethodCall> copiesWithoutOrder() {
    return describe(
        "Map.copyOf or Set.copyOf",
        call ->
            call.getName().equals("copyOf")
                && (call.getTargetOwner().isEquivalentTo(Map.class)
                    || call.getTargetOwner().isEquivalentTo(Set.class)));
  }

  private static DescribedPredicate<JavaMethodCall> collectsWithoutOrder() {
    return describe(
        "a collector that makes a set or map without saying which",
        call -> call.getTargetOwner().isEquivalentTo(Collectors.class) && leavesOrder(call));
  }

  private static boolean leavesOrder(JavaMethodCall call) {
    int arguments = call.getTarget().getRawParameterTypes().size();
    return switch (call.getName()) {
      case "toSet", "toUnmodifiableSet", "toUnmodifiableMap" -> true;
      case "toMap" -> arguments < 4;
      case "groupingBy" -> arguments < 3;
      default -> false;
    };
  }
}
