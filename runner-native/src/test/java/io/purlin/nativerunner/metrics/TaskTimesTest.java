package io.purlin.nativerunner.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.metrics.TaskTimes.Split;
import io.purlin.nativerunner.metrics.TaskTimes.Wait;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The split of a task's time, also in the middle of a wait. */
class TaskTimesTest {
  private final TaskTimes times =
      new JobMetrics(List.of("step")).task(new CurrentElement()).times();

  @Test
  void aTaskThatHasNotBegunHasSpentNothing() {
    assertThat(times.split(1_000)).isEqualTo(new Split(0, 0, 0));
  }

  @Test
  void whatIsNoWaitIsWork() {
    times.started(1_000);
    times.begins(Wait.IDLE, 1_010);
    times.ends(Wait.IDLE, 1_040);
    times.begins(Wait.BACKPRESSURED, 1_050);
    times.ends(Wait.BACKPRESSURED, 1_055);
    assertThat(times.split(1_100)).isEqualTo(new Split(30, 5, 65));
  }

  @Test
  void aWaitCountsWhileItGoesOn() {
    times.started(1_000);
    times.begins(Wait.IDLE, 1_000);
    assertThat(times.split(1_000)).isEqualTo(new Split(0, 0, 0));
    assertThat(times.split(1_500)).isEqualTo(new Split(500, 0, 0));
    times.ends(Wait.IDLE, 1_600);
    times.begins(Wait.BACKPRESSURED, 1_700);
    assertThat(times.split(1_900)).isEqualTo(new Split(600, 200, 100));
  }

  @Test
  void anEndedTaskSpendsNoMore() {
    times.started(1_000);
    times.closed(1_300, true);
    assertThat(times.split(9_000)).isEqualTo(new Split(0, 0, 300));
    assertThat(times.cameToItsEnd()).isTrue();
  }

  @Test
  void theClockMayBeginBeforeTheEpoch() {
    times.started(-5_000);
    times.begins(Wait.BACKPRESSURED, -4_900);
    times.ends(Wait.BACKPRESSURED, -4_800);
    assertThat(times.split(-4_000)).isEqualTo(new Split(0, 100, 900));
  }

  @Test
  void theKindsAddUpToTheTimeThatHasPassedWheneverSomebodyAsks() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      TaskTimes drawn = new JobMetrics(List.of("step")).task(new CurrentElement()).times();
      long now = random.nextInt(1_000);
      long start = now;
      drawn.started(now);
      for (int i = 0; i < 50; i++) {
        Wait wait = random.nextBoolean() ? Wait.IDLE : Wait.BACKPRESSURED;
        now += random.nextInt(20);
        drawn.begins(wait, now);
        now += random.nextInt(20);
        // Whoever asks may have read the clock a little before.
        Split split = drawn.split(now - random.nextInt(3));
        assertThat(split.idle() + split.backpressured() + split.busy())
            .as("seed %d", seed)
            .isBetween(Math.max(0, now - start - 3), now - start);
        assertThat(List.of(split.idle(), split.backpressured(), split.busy()))
            .allMatch(part -> part >= 0);
        drawn.ends(wait, now);
      }
    }
  }
}
