package io.purlin.conformance.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The engine's packages form layers, and dependencies point downwards only.
 *
 * <p>A package may use those of lower layers, never one of its own layer or above. The data plane
 * is narrower still: what moves elements between tasks does not know what works on them.
 */
class LayersTest {
  private static final String ENGINE = "io.purlin.nativerunner";
  private static final String FACADE = "(root)";

  /** From the bottom to the top; packages on one line do not know each other. */
  private static final List<Set<String>> LAYERS =
      List.of(
          Set.of("element", "view"),
          Set.of("time", "beam", "memory"),
          Set.of("metrics", "checkpoint"),
          Set.of("keyed", "sideinput"),
          Set.of("invoke"),
          Set.of("operator"),
          Set.of("window", "splittable", "exchange", "source", "sink"),
          Set.of("graph"),
          Set.of("plan", "translate"),
          Set.of("chain"),
          Set.of("task"),
          Set.of("job"),
          Set.of("web", "progress"),
          Set.of(FACADE));

  /** Who moves elements between tasks or into them knows only these. */
  private static final Set<String> CARRIERS = Set.of("exchange", "source");

  private static final Set<String> KNOWN_TO_CARRIERS =
      Set.of("element", "time", "metrics", "checkpoint");

  @Test
  void everyPackageOfTheEngineHasALayer() {
    Set<String> homeless = new TreeSet<>();
    for (JavaClass type : PurlinClasses.MAIN) {
      enginePackage(type).filter(name -> layer(name) < 0).ifPresent(homeless::add);
    }
    assertThat(homeless).as("packages without a place in the layers").isEmpty();
  }

  @Test
  void dependenciesPointDownwards() {
    Set<String> upwards = new TreeSet<>();
    int seen = 0;
    for (JavaClass type : PurlinClasses.MAIN) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        Optional<String> from = enginePackage(type);
        Optional<String> to = enginePackage(dependency.getTargetClass());
        if (from.isEmpty() || to.isEmpty() || from.equals(to)) {
          continue;
        }
        seen++;
        if (layer(to.get()) >= layer(from.get())) {
          upwards.add(from.get() + " -> " + to.get() + ": " + dependency.getDescription());
        }
      }
    }
    assertThat(seen).as("dependencies between packages").isPositive();
    assertThat(upwards).as("dependencies that do not point downwards").isEmpty();
  }

  @Test
  void carriersKnowNothingOfTheWork() {
    Set<String> tooMuch = new TreeSet<>();
    for (JavaClass type : PurlinClasses.MAIN) {
      Optional<String> from = enginePackage(type).filter(CARRIERS::contains);
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        Optional<String> to = enginePackage(dependency.getTargetClass());
        if (from.isPresent()
            && to.isPresent()
            && !from.equals(to)
            && !KNOWN_TO_CARRIERS.contains(to.get())) {
          tooMuch.add(from.get() + " -> " + to.get() + ": " + dependency.getDescription());
        }
      }
    }
    assertThat(tooMuch).isEmpty();
  }

  @Test
  void noPackageCycleInAnyModule() {
    slices().matching("io.purlin.(**)").should().beFreeOfCycles().check(PurlinClasses.MAIN);
  }

  private static Optional<String> enginePackage(JavaClass type) {
    String name = type.getPackageName();
    if (name.equals(ENGINE)) {
      return Optional.of(FACADE);
    }
    if (!name.startsWith(ENGINE + ".")) {
      return Optional.empty();
    }
    String below = name.substring(ENGINE.length() + 1);
    int dot = below.indexOf('.');
    return Optional.of(dot < 0 ? below : below.substring(0, dot));
  }

  private static int layer(String enginePackage) {
    for (int i = 0; i < LAYERS.size(); i++) {
      if (LAYERS.get(i).contains(enginePackage)) {
        return i;
      }
    }
    return -1;
  }
}
