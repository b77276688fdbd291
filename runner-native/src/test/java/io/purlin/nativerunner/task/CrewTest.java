package io.purlin.nativerunner.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Receiver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No failure of a task gets lost on its way from the task's thread. */
@Timeout(60)
class CrewTest {
  private final Told told = new Told();

  /** A task has come to where it waits until it is stopped. */
  private final CountDownLatch waiting = new CountDownLatch(1);

  /** What makes a crew of tasks and of who is told. */
  interface Maker extends BiFunction<List<Task>, Crew.Listener, Crew> {}

  static Stream<Maker> crews() {
    return Stream.of(
        Crew::threaded, (tasks, listener) -> Crew.stepped(tasks, millis -> {}, listener));
  }

  @ParameterizedTest
  @MethodSource("crews")
  void whatFailsForBeingStoppedIsNoFailure(Maker maker) throws Exception {
    Crew crew = maker.apply(List.of(failingWhenStopped(new IllegalStateException())), told);
    crew.start();
    waiting.await();
    crew.stop();
    told.ended.await();
    assertThat(told.failures).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("crews")
  void anErrorOfTheJvmWhileTasksAreStoppedIsOne(Maker maker) throws Exception {
    Error error = new OutOfMemoryError("planted");
    Crew crew =
        maker.apply(List.of(failingWhenStopped(new IllegalStateException("wraps", error))), told);
    crew.start();
    waiting.await();
    crew.stop();
    told.ended.await();
    assertThat(told.failures).hasSize(1).first().extracting(Throwable::getCause).isEqualTo(error);
  }

  @ParameterizedTest
  @MethodSource("crews")
  void whatCannotBeClosedIsTold(Maker maker) throws Exception {
    Error error = new AssertionError("planted");
    Task task =
        OneTask.reading(
            "read",
            new OneTask.Silent() {
              @Override
              public Status poll(Receiver receiver, CurrentElement current, int maxElements) {
                return Status.DONE;
              }

              @Override
              public void close() {
                throw error;
              }
            });
    maker.apply(List.of(task), told).start();
    told.ended.await();
    assertThat(told.failures).containsExactly(error);
  }

  @ParameterizedTest
  @MethodSource("crews")
  void whatThereIsNoMemoryToTellIsToldWhenAllTasksAreClosed(Maker maker) throws Exception {
    Error error = new OutOfMemoryError("planted: state");
    told.refusal = new OutOfMemoryError("planted: message");
    maker.apply(List.of(silent("other"), failing(error), silent("third")), told).start();
    told.ended.await();
    assertThat(told.failures).containsExactly(error);
    assertThat(told.tasks).containsExactly("read");
  }

  /** Nothing else would end the job, which would have nothing to be failed by. */
  @Test
  void whatFailsAtRestIsToldOfItsTask() throws Exception {
    IllegalStateException failure = new IllegalStateException("planted");
    Task task =
        OneTask.reading(
            "read",
            new OneTask.Silent() {
              @Override
              public boolean onQuiescence() {
                throw failure;
              }
            });
    Crew.stepped(List.of(silent("other"), task), millis -> {}, told).start();
    told.ended.await();
    assertThat(told.failures).containsExactly(failure);
    assertThat(told.tasks).containsExactly("read");
  }

  private static Task silent(String name) {
    return OneTask.reading(name, new OneTask.Silent());
  }

  private static Task failing(Error error) {
    return OneTask.reading(
        "read",
        new OneTask.Silent() {
          @Override
          public Status poll(Receiver receiver, CurrentElement current, int maxElements) {
            throw error;
          }
        });
  }

  /** Waits until it is stopped, and fails then. */
  private Task failingWhenStopped(RuntimeException failure) {
    return OneTask.reading(
        "read",
        new OneTask.Silent() {
          @Override
          public Status poll(Receiver receiver, CurrentElement current, int maxElements) {
            waiting.countDown();
            try {
              new CountDownLatch(1).await();
              return Status.IDLE;
            } catch (InterruptedException e) {
              throw failure;
            }
          }
        });
  }

  /** Keeps what it is told. */
  private static final class Told implements Crew.Listener {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<String> tasks = new CopyOnWriteArrayList<>();

    /** What it throws once instead. */
    private volatile @Nullable Error refusal;

    @Override
    public void opened() {}

    @Override
    public void failed(Task task, Throwable failure) {
      Error thrown = refusal;
      if (thrown != null) {
        refusal = null;
        throw thrown;
      }
      failures.add(failure);
      tasks.add(task.name().toString());
    }

    @Override
    public void ended() {
      ended.countDown();
    }
  }
}
