package io.purlin.nativerunner.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.job.RestartStrategy.Kind;
import io.purlin.nativerunner.job.RestartStrategy.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RestartStrategyTest {
  private int failures;

  @Test
  void withoutAStrategyTheFirstFailureIsFinal() {
    assertThat(fail(new RestartStrategy(Settings.NONE), 0)).isEmpty();
  }

  @Test
  void aFixedNumberOfStartsAfterAFixedDelay() {
    RestartStrategy strategy = new RestartStrategy(settings(Kind.FIXED_DELAY, 3, 50));

    assertThat(fail(strategy, 0)).hasValue(50);
    assertThat(fail(strategy, 1_000_000)).hasValue(50);
    assertThat(fail(strategy, 1_000_001)).hasValue(50);
    assertThat(fail(strategy, 9_000_000)).isEmpty();
  }

  @Test
  void delaysGrowToALimitAndBeginAnewAfterATimeWithoutFailure() {
    RestartStrategy strategy =
        new RestartStrategy(new Settings(Kind.EXPONENTIAL_DELAY, 1, 100, 1_000, 2, 60_000));
    List<Long> delays = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      delays.add(fail(strategy, 10_000L * i).orElseThrow());
    }

    assertThat(delays).containsExactly(100L, 200L, 400L, 800L, 1_000L, 1_000L);
    assertThat(fail(strategy, 50_000 + 60_000)).hasValue(100);
    assertThat(fail(strategy, 50_000 + 60_001)).hasValue(200);
  }

  @Test
  void tooManyFailuresWithinTheIntervalAreFinal() {
    RestartStrategy strategy = new RestartStrategy(settings(Kind.FAILURE_RATE, 2, 5));

    assertThat(fail(strategy, 0)).hasValue(5);
    assertThat(fail(strategy, 500)).hasValue(5);
    assertThat(fail(strategy, 1_000)).as("the first no longer counts").hasValue(5);
    assertThat(fail(strategy, 1_200)).isEmpty();
  }

  @Test
  void aScratchDirectoryOfAnotherNameDoesNotMakeAnotherFailure() {
    RestartStrategy strategy = new RestartStrategy(settings(Kind.EXPONENTIAL_DELAY, 1, 1));
    List<OptionalLong> delays = new ArrayList<>();
    for (long name : List.of(4820171930225L, 991827364554L, 77120093817263L, 1827364509182L)) {
      String file = "/state/purlin-state-" + name + "/db/000004.sst";
      IOException full = new IOException("While appending to file: " + file + ": No space left");
      full.setStackTrace(new StackTraceElement[0]);
      delays.add(strategy.onFailure(full, 0));
    }

    assertThat(delays).hasSize(RestartStrategy.SAME_FAILURES);
    assertThat(delays.subList(0, 3)).allMatch(OptionalLong::isPresent);
    assertThat(delays.get(3)).as("a disk that stays full ends the job").isEmpty();
  }

  @Test
  void aFailureThatComesBackWithoutProgressIsFinal() {
    RestartStrategy strategy = new RestartStrategy(settings(Kind.FIXED_DELAY, 1_000, 0));
    IOException same = new IOException("disk on fire");
    for (int i = 1; i < RestartStrategy.SAME_FAILURES; i++) {
      assertThat(strategy.onFailure(new RuntimeException("in task " + i, same), i)).isPresent();
    }
    strategy.onCheckpoint(true, 4);
    for (int i = 1; i < RestartStrategy.SAME_FAILURES; i++) {
      assertThat(strategy.onFailure(same, i)).isPresent();
    }

    assertThat(strategy.onFailure(same, 9)).isEmpty();
  }

  @Test
  void aCheckpointThatHoldsNoElementIsProgressOnlyAfterTheIntervalWithoutFailure() {
    RestartStrategy strategy = new RestartStrategy(settings(Kind.EXPONENTIAL_DELAY, 1, 1));
    IOException same = new IOException("poison");
    long now = 0;
    for (int i = 1; i < RestartStrategy.SAME_FAILURES; i++) {
      assertThat(strategy.onFailure(same, now)).isPresent();
      strategy.onCheckpoint(false, now + 999);
      now += 1_000;
    }
    strategy.onCheckpoint(false, now);
    for (int i = 1; i < RestartStrategy.SAME_FAILURES; i++) {
      assertThat(strategy.onFailure(same, now)).isPresent();
      strategy.onCheckpoint(false, now + 999);
    }

    assertThat(strategy.onFailure(same, now)).isEmpty();
  }

  private OptionalLong fail(RestartStrategy strategy, long nowMillis) {
    return strategy.onFailure(new IllegalStateException("failure " + failures++), nowMillis);
  }

  private static Settings settings(Kind kind, int attempts, long delayMillis) {
    return new Settings(kind, attempts, delayMillis, delayMillis, 2, 1_000);
  }
}
