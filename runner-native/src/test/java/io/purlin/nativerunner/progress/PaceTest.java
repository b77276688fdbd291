package io.purlin.nativerunner.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.purlin.nativerunner.view.JobView;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final Pace pace = new Pace();

  @Test
  void aRateIsThatOfTheLastSeconds() {
    Moment moment = at(0, 0, 0);
    for (int second = 1; second <= 20; second++) {
      long records = second <= 10 ? second * 1_000L : 10_000 + (second - 10) * 50L;
      moment = at(second * 1_000L, records, 0);
    }
    assertThat(moment.read().records()).isEqualTo(10_500);
    assertThat(moment.read().perSecond()).isCloseTo(50, within(0.01));
  }

  @Test
  void timeLeftFollowsTheSpeedSlowly() {
    Moment moment = at(0, 0, 0);
    for (int second = 1; second <= 20; second++) {
      moment = at(second * 1_000L, 0, second * 0.01);
    }
    assertThat(moment.leftMillis()).isCloseTo(80_000, within(10L));

    long stalled = at(21_000, 0, 0.20).leftMillis();
    assertThat(stalled).isBetween(85_000L, 90_000L);
  }

  @Test
  void nobodyKnowsHowLongAJobTakesThatHasNotBegunOrIsOver() {
    assertThat(at(0, 0, 0).leftMillis()).isEqualTo(JobView.UNKNOWN);
    assertThat(at(1_000, 0, 0).leftMillis()).isEqualTo(JobView.UNKNOWN);
    assertThat(at(2_000, 0, JobView.UNKNOWN).leftMillis()).isEqualTo(JobView.UNKNOWN);
    assertThat(
            pace.at(Jobs.at(3_000).consumed(1).status(JobView.Status.FINISHED).view()).leftMillis())
        .isEqualTo(JobView.UNKNOWN);
  }

  @Test
  void anotherAttemptBeginsAnew() {
    at(0, 0, 0);
    at(1_000, 5_000, 0.5);
    Moment again =
        pace.at(
            Jobs.at(2_000)
                .attempts(2)
                .consumed(0.4)
                .chain("Read", Jobs.task(100, 0, 0, 1_000, 0, 0))
                .view());
    assertThat(again.leftMillis()).isEqualTo(JobView.UNKNOWN);
    assertThat(again.read().perSecond()).isEqualTo(100);
  }

  private Moment at(long nowMillis, long records, double consumed) {
    return pace.at(
        Jobs.at(nowMillis)
            .consumed(consumed)
            .chain("Read", Jobs.task(records, records, 0, nowMillis, 0, 0))
            .view());
  }
}
