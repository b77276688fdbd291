package io.purlin.conformance.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** All time and all chance come in from outside, so that a run can be repeated. */
class ClockTest {
  /** Who may ask the machine, and why. */
  private static final Map<String, String> EDGES =
      Map.of(
          "io.purlin.nativerunner.time.SystemClock", "is where processing time comes from",
          "io.purlin.pipelines", "programs: the wall time that a person reads, a generator's load",
          "io.purlin.benchmarks", "measures wall time");

  private static final Set<String> ASKING_THE_MACHINE =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.lang.Math.random",
          "java.util.UUID.randomUUID",
          "java.time.Instant.now",
          "java.time.Clock.systemUTC",
          "java.time.LocalDateTime.now",
          "java.time.ZonedDateTime.now",
          "org.joda.time.Instant.now",
          "org.joda.time.DateTime.now",
          "org.joda.time.DateTimeUtils.currentTimeMillis");

  private static final DescribedPredicate<JavaClass> INSIDE =
      describe(
          "are not at the edge to the machine",
          type ->
              EDGES.keySet().stream()
                  .noneMatch(
                      edge ->
                          type.getName().equals(edge)
                              || type.getName().startsWith(edge + ".")
                              || type.getName().startsWith(edge + "$")));

  private static final DescribedPredicate<JavaCall<?>> ASKS =
      describe(
          "asks the machine for time or chance",
          call -> {
            String owner = call.getTargetOwner().getName();
            String name = call.getTarget().getName();
            boolean now =
                name.equals(JavaConstructor.CONSTRUCTOR_NAME)
                    && owner.equals("org.joda.time.Instant")
                    && call.getTarget().getRawParameterTypes().isEmpty();
            return now || ASKING_THE_MACHINE.contains(owner + "." + name);
          });

  @Test
  void onlyTheEdgeAsksTheMachine() {
    noClasses().that(INSIDE).should().callCodeUnitWhere(ASKS).check(PurlinClasses.MAIN);
  }
}
