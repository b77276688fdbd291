package io.purlin.conformance.faults.rows;

import io.purlin.conformance.faults.stage.Load;
import io.purlin.conformance.faults.stage.OwnProcess;
import io.purlin.conformance.faults.stage.Round;
import io.purlin.conformance.faults.stage.Stage;
import io.purlin.conformance.faults.stage.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * F27. The sink takes far longer than the source, which is never empty. What waits must not grow:
 * the objects in use stay as many as they were, in a heap that has no room for more, and
 * checkpoints are committed all the time.
 */
final class SlowSink implements Row {
  private static final Load MUCH = new Load(4_000, 40, 3);
  private static final List<Integer> RESULT_MILLIS = List.of(1, 5);
  private static final int MEASUREMENTS = 4;
  private static final Duration BETWEEN = Duration.ofSeconds(4);
  private static final long GROWTH_BYTES = 8 << 20;
  private static final Duration COMMIT_LIMIT = Duration.ofSeconds(30);

  @Override
  public String id() {
    return "F27";
  }

  @Override
  public String what() {
    return "the sink is slow, 1 and 5 ms a result, and the source never empty";
  }

  @Override
  public String play(Stage stage, Settings settings) {
    Random random = settings.random(this);
    Figures figures = new Figures();
    for (int millis : RESULT_MILLIS) {
      try (Round round = stage.round(id(), MUCH, Settings.seed(random))) {
        round.brake(millis);
        OwnProcess life = round.start("-Xmx128m");
        round.awaitProgress(life);
        measure(round, life, stage.limit(COMMIT_LIMIT), figures);
        round.kill(life);
        round.brake(0);
        figures.add(round.finish(round.start("-Xmx128m")));
      }
    }
    return figures.line();
  }

  private static void measure(Round round, OwnProcess life, Duration limit, Figures figures) {
    round.pass(life, BETWEEN);
    long first = life.liveBytes();
    for (int i = 0; i < MEASUREMENTS; i++) {
      round.pass(life, BETWEEN);
      long start = System.nanoTime();
      round.awaitProgress(life);
      Duration waited = Duration.ofNanos(System.nanoTime() - start);
      figures.most("ms until a commit at most", (int) waited.toMillis());
      if (waited.compareTo(limit) > 0) {
        throw new Violation("no commit for " + waited + "\n" + life.logTail());
      }
      long live = life.liveBytes();
      figures.most("KiB more objects in use at most", (int) (Math.max(0, live - first) >> 10));
      if (live > first + GROWTH_BYTES) {
        throw new Violation("bytes in use grow from " + first + " to " + live);
      }
    }
  }
}
