package io.purlin.nativerunner.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.view.Rates.Rate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What tasks do in a second, between two views. */
class RatesTest {
  @Test
  void aDifferenceOfTwoViewsIsBroughtToASecond() {
    JobView older = view(1_000, 1, task(100, 50, 600, 300, 100));
    JobView newer = view(3_000, 1, task(300, 150, 1_000, 700, 1_300));
    Rate rate = Rates.between(older, newer).of("v", 0);
    assertThat(rate).isEqualTo(new Rate(100, 50, 200, 200, 600));
    assertThat(rate.idle() + rate.backpressured() + rate.busy()).isEqualTo(1_000);
  }

  @Test
  void anotherAttemptHasCountedFromItsBeginning() {
    JobView older = view(1_000, 1, task(5_000, 50, 600, 300, 100));
    JobView newer = view(3_000, 2, task(10, 10, 500, 250, 250));
    assertThat(Rates.between(older, newer).of("v", 0)).isEqualTo(new Rate(10, 10, 500, 250, 250));
  }

  @Test
  void theSameViewTwiceGivesTheRatesSinceTheStart() {
    JobView view = view(1_000, 1, task(10, 10, 500, 250, 250));
    assertThat(Rates.between(view, view).of("v", 0)).isEqualTo(new Rate(10, 10, 500, 250, 250));
  }

  @Test
  void whatIsNotThereDoesNothing() {
    JobView view = view(1_000, 1, task(0, 0, 0, 0, 0));
    assertThat(Rates.between(view, view).of("v", 0)).isEqualTo(Rate.NONE);
    assertThat(Rates.between(view, view).of("v", 1)).isEqualTo(Rate.NONE);
    assertThat(Rates.between(view, view).of("other")).isEmpty();
  }

  private static JobView view(long nowMillis, int attempts, SubtaskView task) {
    return new JobView(
        JobView.idOf("job"),
        "job",
        JobView.Status.RUNNING,
        0,
        JobView.UNKNOWN,
        nowMillis,
        128,
        attempts,
        List.of(new VertexView("v", "read -> write", 1, List.of(), List.of(task))),
        List.of(),
        CheckpointsView.NONE,
        List.of(),
        StateView.NONE,
        List.of(),
        JobView.UNKNOWN);
  }

  private static SubtaskView task(long in, long out, long idle, long backpressured, long busy) {
    SubtaskView.Pool none = new SubtaskView.Pool(0, 0, 0);
    return new SubtaskView(
        0,
        SubtaskView.Status.RUNNING,
        0,
        JobView.UNKNOWN,
        new SubtaskView.Counts(in, out, 0, 0),
        new SubtaskView.Times(idle, backpressured, busy, 0),
        none,
        none,
        0,
        0,
        0,
        0,
        0);
  }
}
