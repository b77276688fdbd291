package io.purlin.nativerunner.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.checkpoint.CheckpointProtocol;
import io.purlin.nativerunner.checkpoint.CheckpointSettings;
import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.job.machine.Machine;
import io.purlin.nativerunner.metrics.JobMetrics;
import io.purlin.nativerunner.metrics.TaskCounters;
import io.purlin.nativerunner.sink.JobSinks;
import io.purlin.nativerunner.task.Crew;
import io.purlin.nativerunner.time.Clock;
import io.purlin.sdk.connector.CheckpointId;
import io.purlin.state.StateMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever fails on the job's thread, tasks are stopped and whoever waits hears of the end. */
class SupervisorTest {
  private final List<String> happened = new ArrayList<>();
  private Crew.@Nullable Listener listener;
  private @Nullable Throwable failure;

  @Test
  void anErrorWhileACheckpointIsTakenStopsTheTasksAndIsTheEnd() throws Exception {
    Error error = new NoClassDefFoundError("planted");
    Clock broken =
        () -> {
          throw error;
        };
    Supervisor supervisor =
        supervisor(RestartStrategy.Settings.NONE, () -> attempt(broken), () -> {});
    supervisor.run(supervisor.launch());

    assertThat(failure).isSameAs(error);
    assertThat(happened).containsExactly("start", "stop", "close", "over");
  }

  @Test
  void threadsThatCannotBeStartedAreTheEnd() throws Exception {
    Error error = new OutOfMemoryError("planted: no more threads");
    Supervisor supervisor =
        supervisor(
            RestartStrategy.Settings.NONE,
            () ->
                attempt(
                    new Recorded() {
                      @Override
                      public void start() {
                        throw error;
                      }
                    },
                    null),
            () -> {});
    supervisor.run(supervisor.launch());

    assertThat(failure).isSameAs(error);
    assertThat(happened).containsExactly("stop", "close", "over");
  }

  @Test
  void aFailureToLetGoOfWhatAttemptsShareIsToldAndTheEnd() throws Exception {
    Error error = new StackOverflowError("planted");
    Supervisor supervisor =
        supervisor(
            RestartStrategy.Settings.NONE,
            () -> attempt(new Recorded(), null),
            () -> {
              throw error;
            });
    Attempt first = supervisor.launch();
    Objects.requireNonNull(listener).ended();
    supervisor.run(first);

    assertThat(failure).isSameAs(error);
    assertThat(happened).containsExactly("start", "close", "over");
  }

  @Test
  void theSameFailureAgainAndAgainEndsWithItsFirstCause() throws Exception {
    List<RuntimeException> thrown = new ArrayList<>();
    Supervisor supervisor =
        supervisor(
            new RestartStrategy.Settings(RestartStrategy.Kind.FIXED_DELAY, 1_000, 0, 0, 2, 0),
            () ->
                attempt(
                    new Recorded() {
                      @Override
                      public void start() {
                        RuntimeException next = new IllegalStateException("poison");
                        thrown.add(next);
                        throw next;
                      }
                    },
                    null),
            () -> {});
    supervisor.run(supervisor.launch());

    assertThat(thrown).hasSize(RestartStrategy.SAME_FAILURES);
    assertThat(failure).isSameAs(thrown.get(0));
  }

  @Test
  void aCheckpointThatComesBeforeTheFirstElementDoesNotMakeAFailureAnotherOne() throws Exception {
    List<Exception> thrown = failuresBehindACheckpoint(0);
    assertThat(thrown).hasSize(RestartStrategy.SAME_FAILURES);
    assertThat(failure).isSameAs(thrown.get(0));
  }

  @Test
  void aFailureBehindACheckpointThatHoldsElementsIsTriedAgainAsOftenAsIsAllowed() throws Exception {
    assertThat(failuresBehindACheckpoint(1)).hasSize(11);
  }

  /** The failures of a job that may start again ten times, each time when a checkpoint is over. */
  private List<Exception> failuresBehindACheckpoint(long elementsBefore) throws Exception {
    List<Exception> thrown = new ArrayList<>();
    CheckpointStore store =
        new NoCheckpoints() {
          @Override
          public void deleteOlder(CheckpointId newest, int retained) {
            IllegalStateException next = new IllegalStateException("poison");
            thrown.add(next);
            throw next;
          }
        };
    Supervisor supervisor =
        supervisor(
            new RestartStrategy.Settings(
                RestartStrategy.Kind.FIXED_DELAY, 10, 0, 0, 2, Long.MAX_VALUE),
            () -> {
              happened.clear();
              JobMetrics metrics = new JobMetrics(List.of());
              TaskCounters counters = metrics.task(new CurrentElement()).counters();
              counters.add(TaskCounters.Name.RECORDS_IN, elementsBefore);
              CheckpointRounds rounds = rounds(Machine.real().clock(), 0, store);
              return new Attempt(
                  new Recorded(), rounds, new JobSinks(), metrics, StateMemory.unlimited());
            },
            () -> {});
    supervisor.run(supervisor.launch());
    return thrown;
  }

  private static CheckpointRounds rounds(Clock clock, int tasks, CheckpointStore store) {
    return new CheckpointRounds(
        new CheckpointProtocol(
            new CheckpointSettings(1, 1, 0, 0, 1), tasks, false, 0, () -> "token"),
        0,
        store,
        new JobSinks(),
        clock,
        () -> {});
  }

  private Attempt attempt(Clock clock) {
    CheckpointRounds rounds = rounds(clock, 1, new NoCheckpoints());
    return attempt(new Recorded(), rounds);
  }

  private static Attempt attempt(Crew crew, @Nullable CheckpointRounds rounds) {
    return new Attempt(
        crew, rounds, new JobSinks(), new JobMetrics(List.of()), StateMemory.unlimited());
  }

  private Supervisor supervisor(
      RestartStrategy.Settings restarts, Supplier<Attempt> attempts, Runnable close) {
    Supervisor.Launcher launcher =
        new Supervisor.Launcher() {
          @Override
          public Attempt launch(Crew.Listener told, CheckpointRounds.Wake wake) {
            listener = told;
            return attempts.get();
          }

          @Override
          public void close() {
            happened.add("close");
            close.run();
          }
        };
    return new Supervisor(launcher, new Told(), new RestartStrategy(restarts), Machine.real());
  }

  /** A crew whose tasks end as soon as they are told to stop. */
  private class Recorded implements Crew {
    @Override
    public void start() {
      happened.add("start");
      Objects.requireNonNull(listener).opened();
    }

    @Override
    public void stop() {
      if (!happened.contains("stop")) {
        happened.add("stop");
        Objects.requireNonNull(listener).ended();
      }
    }

    @Override
    public void drain() {}
  }

  private final class Told implements Supervisor.Outcome {
    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public boolean isStopping() {
      return false;
    }

    @Override
    public void stopped() {}

    @Override
    public void begins(Attempt attempt) {}

    @Override
    public void failed(String task, Throwable cause) {}

    @Override
    public void ends() {}

    @Override
    public void over(@Nullable Throwable cause) {
      happened.add("over");
      failure = cause;
    }
  }
}
