package io.purlin.conformance.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Who may know whom among the modules and the large libraries. */
class ModuleBoundariesTest {
  @ParameterizedTest
  @FieldSource("io.purlin.conformance.architecture.PurlinClasses#MODULES")
  void everyModuleIsRead(String module) {
    assertThat(PurlinClasses.of(module).size()).as("classes of %s", module).isPositive();
  }

  @Test
  void onlyTheKafkaModuleAndProgramsKnowKafka() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.purlin.io.kafka..", "io.purlin.pipelines..", "io.purlin.benchmarks..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "org.apache.beam.sdk.io.kafka..", "kafka..")
        .because("the engine and Kafka meet in the connector contract alone")
        .check(PurlinClasses.MAIN);
  }

  @Test
  void pipelinesNeverNameARunner() {
    noClasses()
        .that()
        .resideInAPackage("io.purlin.pipelines..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.purlin.nativerunner..",
            "io.purlin.directrunner..",
            "io.purlin.state..",
            "org.apache.beam.runners..")
        .because("a pipeline selects its runner by flag")
        .check(PurlinClasses.MAIN);
  }

  @Test
  void theSdkDependsOnBeamAlone() {
    noClasses()
        .that()
        .resideInAPackage("io.purlin.sdk..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.purlin.nativerunner..",
            "io.purlin.directrunner..",
            "io.purlin.state..",
            "io.purlin.io..",
            "io.purlin.pipelines..",
            "org.apache.beam.runners..")
        .check(PurlinClasses.MAIN);
  }

  @Test
  void stateKnowsCodersButNoPipelinesAndNoRunner() {
    noClasses()
        .that()
        .resideInAPackage("io.purlin.state..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.purlin.nativerunner..",
            "io.purlin.sdk..",
            "org.apache.beam.runners..",
            "org.apache.beam.sdk.transforms",
            "org.apache.beam.sdk.runners..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.apache.beam.sdk.Pipeline")
        .check(PurlinClasses.MAIN);
  }

  @Test
  void theReferenceSharesNothingWithTheEngine() {
    noClasses()
        .that()
        .resideInAPackage("io.purlin.directrunner..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.purlin.nativerunner..", "io.purlin.state..")
        .because("an oracle that shares code with what it judges shares its faults")
        .check(PurlinClasses.MAIN);
  }

  @Test
  void connectorsNeverSeeARunner() {
    noClasses()
        .that()
        .resideInAPackage("io.purlin.io..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.purlin.nativerunner..", "io.purlin.directrunner..", "org.apache.beam.runners..")
        .allowEmptyShould(true)
        .check(PurlinClasses.MAIN);
  }

  @Test
  void onlyTranslationWalksBeamsTransformTree() {
    noClasses()
        .that()
        .resideInAPackage("io.purlin.nativerunner.*..")
        .and()
        .resideOutsideOfPackage("io.purlin.nativerunner.translate..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.apache.beam.sdk.Pipeline")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.beam.sdk.runners..")
        .check(PurlinClasses.MAIN);
  }

  @Test
  void nobodyUsesAMockLibrary() {
    String[] libraries = {"org.mockito..", "org.easymock..", "mockit..", "org.powermock.."};
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries)
        .check(PurlinClasses.MAIN);
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries)
        .check(PurlinClasses.TESTS);
  }
}
