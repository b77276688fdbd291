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
import io.purlin.nativerunner.task.OneTask;
import io.purlin.nativerunner.task.Task;
import io.purlin.nativerunner.time.Clock;
import io.purlin.sdk.connector.CheckpointId;
import io.purlin.state.StateMemory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever fails on the job's thread, tasks are stopped and whoever waits hears of the end. */
@Timeout(60)
class SupervisorTest {
  private static final int MOST_COLLECTIONS = 20;
  private static final RestartStrategy.Settings ALWAYS =
      new RestartStrategy.Settings(RestartStrategy.Kind.FIXED_DELAY, 1_000, 0, 0, 2, 0);

  private final List<String> happened = new ArrayList<>();
  private Crew.@Nullable Listener listener;
  private @Nullable Throwable failure;

  /** What is thrown at who tells of a failure. */
  private @Nullable Error refusal;

  @Test
  void anErrorWhileACheckpointIsTakenStopsTheTasksAndIsTheEnd() throws Exception {
    Error error = new NoClassDefFoundError("planted");
    Clock broken =
        () -> {
          throw error;
        };
    Supervisor supervisor =
        supervisor(RestartStrategy.Settings.NONE, () -> attempt(broken), () -> {});
    supervisor.launch();
    supervisor.run();

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
    supervisor.launch();
    supervisor.run();

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
    supervisor.launch();
    Objects.requireNonNull(listener).ended();
    supervisor.run();

    assertThat(failure).isSameAs(error);
    assertThat(happened).containsExactly("start", "close", "over");
  }

  @Test
  void anErrorThatIsTheSecondFailureIsTheEndAndTheFirstToBeTold() throws Exception {
    Exception first = new IllegalStateException("a checkpoint was not whole in time");
    Error error = new OutOfMemoryError("planted");
    run(ALWAYS, failingOnceMore(first, error));

    assertThat(failure).isSameAs(error).hasSuppressedException(first);
    assertThat(happened).containsExactly("start", "stop", "close", "over");
  }

  @Test
  void anAssertionThatIsTheSecondFailureIsTheEnd() throws Exception {
    Exception first = new IllegalStateException("a step failed");
    Error error = new AssertionError("planted");
    run(ALWAYS, failingOnceMore(first, error));

    assertThat(failure).isSameAs(first).hasSuppressedException(error);
    assertThat(happened).containsExactly("start", "stop", "close", "over");
  }

  @Test
  void anErrorWhileAFailureIsToldStopsTheTasksAndIsTheEnd() throws Exception {
    Error error = new OutOfMemoryError("planted");
    refusal = error;
    Exception first = new IllegalStateException("a step failed");
    run(ALWAYS, failingOnceMore(first, first));

    assertThat(failure).isSameAs(error).hasSuppressedException(first);
    assertThat(happened).containsExactly("start", "stop", "close", "over");
  }

  @Test
  void anErrorThatIsNotTheJvmsIsTheEndAtOnce() throws Exception {
    // The next wait would throw it again, for ever.
    Error death = new AssertionError("planted");
    refusal = death;
    Exception first = new IllegalStateException("a step failed");
    run(ALWAYS, failingOnceMore(first, first));

    assertThat(failure).isSameAs(death);
    assertThat(happened).containsExactly("start", "close", "over");
  }

  @Test
  void anErrorWhileTasksAreStoppedIsTheEndOnceTheyHaveStopped() throws Exception {
    Error error = new OutOfMemoryError("planted");
    Exception first = new IllegalStateException("a step failed");
    Task task = OneTask.reading("read", new OneTask.Silent());
    AtomicBoolean full = new AtomicBoolean(true);
    run(
        ALWAYS,
        new Recorded() {
          @Override
          public void start() {
            super.start();
            Objects.requireNonNull(listener).failed(task, first);
          }

          @Override
          public void stop() {
            if (full.getAndSet(false)) {
              throw error;
            }
            super.stop();
          }
        });

    assertThat(failure).isSameAs(error).hasSuppressedException(first);
    assertThat(happened).containsExactly("start", "stop", "close", "over");
  }

  @Test
  void aHeapThatIsTooSmallIsToldWithWhatToDo() throws Exception {
    Exception first = new IllegalStateException("Java heap space, somebody says");
    Error error = new OutOfMemoryError("Java heap space");
    Exception wrapped = new IllegalStateException("wraps", error);
    run(ALWAYS, failingOnceMore(first, wrapped));

    assertThat(failure)
        .isInstanceOf(OutOfMemoryError.class)
        .hasMessageContaining("Java heap space: the heap of ")
        .hasMessageContaining("-Xmx")
        .hasMessageContaining("--stateBackend=rocksdb")
        .hasSuppressedException(wrapped);
    assertThat(Objects.requireNonNull(failure).getStackTrace()).isEqualTo(error.getStackTrace());
    assertThat(happened).containsExactly("start", "stop", "close", "over");
  }

  @Test
  void theSameFailureAgainAndAgainEndsWithItsFirstCause() throws Exception {
    List<RuntimeException> thrown = new ArrayList<>();
    Supervisor supervisor =
        supervisor(ALWAYS, () -> attempt(failingToStart(thrown), null), () -> {});
    supervisor.launch();
    supervisor.run();

    assertThat(thrown).hasSize(RestartStrategy.SAME_FAILURES);
    assertThat(failure).isSameAs(thrown.get(0));
  }

  /** State of two attempts is too much for a heap that has room for one. */
  @Test
  void anAttemptThatIsOverIsNotKept() throws Exception {
    List<WeakReference<Attempt>> attempts = new ArrayList<>();
    Supervisor supervisor =
        supervisor(
            ALWAYS,
            () -> {
              for (int i = 0; i < MOST_COLLECTIONS && kept(attempts) > 0; i++) {
                System.gc();
              }
              happened.add("kept " + kept(attempts));
              Attempt next = attempt(failingToStart(new ArrayList<>()), null);
              attempts.add(new WeakReference<>(next));
              return next;
            },
            () -> {});
    supervisor.launch();
    supervisor.run();

    assertThat(attempts).hasSize(RestartStrategy.SAME_FAILURES);
    assertThat(happened.stream().filter(each -> each.startsWith("kept")))
        .hasSize(RestartStrategy.SAME_FAILURES)
        .containsOnly("kept 0");
  }

  private static long kept(List<WeakReference<Attempt>> attempts) {
    return attempts.stream().filter(each -> each.get() != null).count();
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
    supervisor.launch();
    supervisor.run();
    return thrown;
  }

  private Recorded failingToStart(List<RuntimeException> thrown) {
    return new Recorded() {
      @Override
      public void start() {
        RuntimeException next = new IllegalStateException("poison");
        thrown.add(next);
        throw next;
      }
    };
  }

  /** A crew of which one task fails, and one more when it is told to stop. */
  private Recorded failingOnceMore(Throwable first, Throwable second) {
    Task task = OneTask.reading("read", new OneTask.Silent());
    return new Recorded() {
      @Override
      public void start() {
        super.start();
        Objects.requireNonNull(listener).failed(task, first);
      }

      @Override
      public void stop() {
        if (!happened.contains("stop")) {
          Objects.requireNonNull(listener).failed(task, second);
        }
        super.stop();
      }
    };
  }

  private void run(RestartStrategy.Settings restarts, Crew crew) throws Exception {
    Supervisor supervisor = supervisor(restarts, () -> attempt(crew, null), () -> {});
    supervisor.launch();
    supervisor.run();
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
    public void failed(String task, Throwable cause) {
      if (refusal != null) {
        throw refusal;
      }
    }

    @Override
    public void ends() {}

    @Override
    public void over(@Nullable Throwable cause) {
      happened.add("over");
      failure = cause;
    }
  }
}
