package io.purlin.conformance.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.core.domain.JavaModifier.VOLATILE;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import io.purlin.conformance.budget.SourceFile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Threads meet in few places: everything else has one owner thread and needs no primitive. */
class ThreadsTest {
  /** Where threads meet, a package or one type, and why. */
  private static final Map<String, String> MEETING_PLACES =
      Map.ofEntries(
          entry("io.purlin.nativerunner.task", "owns the threads"),
          entry("io.purlin.nativerunner.exchange", "carries batches from one thread to another"),
          entry("io.purlin.nativerunner.job", "starts, watches and stops the tasks"),
          entry("io.purlin.nativerunner.metrics", "is read by whoever asks while tasks write"),
          entry("io.purlin.nativerunner.checkpoint", "its storage edge writes beside the tasks"),
          entry("io.purlin.nativerunner.sideinput", "views are shared read-only by all tasks"),
          entry("io.purlin.nativerunner.web", "answers requests while the job runs"),
          entry(
              "io.purlin.nativerunner.progress.Progress",
              "a thread of its own looks at the job, the process's end stops it"),
          entry("io.purlin.nativerunner.time.SystemClock", "every task reads the one clock"),
          entry("io.purlin.nativerunner.time.ManualClock", "every task reads the one clock"),
          entry(
              "io.purlin.nativerunner.sink.JobSinks",
              "any thread may close it, to let writers fail that wait for a commit"),
          entry(
              "io.purlin.nativerunner.operator.ShardTurns",
              "all tasks of a step fill the batches of a key together"),
          entry(
              "io.purlin.nativerunner.source.BoundedSplits",
              "all readers take splits from one queue"),
          entry(
              "io.purlin.nativerunner.source.BoundedProgress",
              "any thread asks how far readers are"),
          entry(
              "io.purlin.nativerunner.splittable.CheckpointTimer",
              "one timer thread tells long calls of splittable DoFns to checkpoint"),
          entry("io.purlin.io.kafka.sink.Epochs", "tasks that write meet the thread that commits"),
          entry("io.purlin.io.kafka.sink.Failures", "the client's thread reports, tasks ask"),
          entry("io.purlin.io.kafka.sink.SharedProducer", "all tasks write through one producer"),
          entry("io.purlin.io.kafka.sink.PlainSink", "any thread may close it"),
          entry("io.purlin.io.kafka.sink.TransactionalSink", "any thread may close it"),
          entry(
              "io.purlin.io.kafka.source.SharedPartitions",
              "readers of one step end together and share what is found"),
          entry("io.purlin.sdk.faults", "any thread may reach a kill point"),
          entry(
              "io.purlin.nativerunner.chain.CopyRounds",
              "tasks and the job's thread agree on copies of state"),
          entry("io.purlin.state.StateMemory", "all tasks share one budget"),
          entry("io.purlin.state.cold.ColdStore", "all tasks share one database"),
          entry(
              "io.purlin.state.cold.ColdAccesses",
              "pages of a task's values are read by any thread"),
          entry("io.purlin.state.cold.ScratchDirectory", "jobs of one process make their own"),
          entry("io.purlin.directrunner.CaptureSession", "a runner's threads record into it"),
          entry("io.purlin.pipelines", "programs: a load generator and a progress line"),
          entry("io.purlin.benchmarks", "measures from outside"));

  /** Of java.util.concurrent these are values, not primitives. */
  private static final Set<String> HARMLESS =
      Set.of(
          "java.util.concurrent.TimeUnit",
          "java.util.concurrent.Callable",
          "java.util.concurrent.Future",
          "java.util.concurrent.ExecutionException",
          "java.util.concurrent.TimeoutException");

  private static final DescribedPredicate<JavaClass> AWAY_FROM_MEETING_PLACES =
      describe("are away from where threads meet", type -> !isMeetingPlace(type.getName()));

  private static final DescribedPredicate<JavaClass> PRIMITIVE =
      describe(
          "are concurrency primitives",
          type ->
              (type.getPackageName().startsWith("java.util.concurrent")
                      && !HARMLESS.contains(type.getName()))
                  || type.getName().equals("java.lang.invoke.VarHandle"));

  private static final Pattern SYNCHRONIZED_BLOCK = Pattern.compile("\\bsynchronized\\s*\\(");

  @Test
  void primitivesStandOnlyWhereThreadsMeet() {
    noClasses()
        .that(AWAY_FROM_MEETING_PLACES)
        .should()
        .dependOnClassesThat(PRIMITIVE)
        .check(PurlinClasses.MAIN);
  }

  @Test
  void volatileStandsOnlyWhereThreadsMeet() {
    noFields()
        .that()
        .areDeclaredInClassesThat(AWAY_FROM_MEETING_PLACES)
        .should()
        .haveModifier(VOLATILE)
        .check(PurlinClasses.MAIN);
  }

  @Test
  void synchronizedStandsOnlyWhereThreadsMeet() {
    noMethods()
        .that()
        .areDeclaredInClassesThat(AWAY_FROM_MEETING_PLACES)
        .should()
        .haveModifier(SYNCHRONIZED)
        .check(PurlinClasses.MAIN);
    // A synchronized block leaves no mark that the class file reader keeps: look at the text.
    List<SourceFile> sources = SourceFile.ofAllModules("src/main/java");
    assertThat(sources).isNotEmpty();
    assertThat(sources)
        .filteredOn(source -> !isMeetingPlace(source.typeName()))
        .filteredOn(source -> SYNCHRONIZED_BLOCK.matcher(source.code()).find())
        .isEmpty();
  }

  @Test
  void threadsAreStartedOnlyByTasksJobsAndPrograms() {
    noClasses()
        .that(AWAY_FROM_MEETING_PLACES)
        .should()
        .callConstructor(Thread.class, Runnable.class)
        .orShould()
        .callConstructor(Thread.class, Runnable.class, String.class)
        .orShould()
        .callMethod(Thread.class, "start")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "join")
        .check(PurlinClasses.MAIN);
  }

  private static boolean isMeetingPlace(String typeName) {
    return MEETING_PLACES.keySet().stream()
        .anyMatch(place -> typeName.matches(Pattern.quote(place) + "([.$].*)?"));
  }
}
