package io.purlin.conformance.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What happens to one pipeline; the same seed gives the same. Immutable.
 *
 * @param seed of it all
 * @param crashes where its runs crash, one after the other; the run after the last one does not
 * @param parallelism of each run
 * @param firstElements that a source may give before the first checkpoint of a run
 * @param elementsPerCheckpoint that it may give more after each
 */
record CrashSchedule(
    long seed,
    List<CrashPoint> crashes,
    List<Integer> parallelism,
    int firstElements,
    int elementsPerCheckpoint) {
  private static final int MOST_PARALLEL = 4;
  private static final int FIRST_PARALLELISM = 2;
  private static final int ALL = 100_000;

  /** At least one crash is after a committed checkpoint. */
  static CrashSchedule of(long seed) {
    Random random = new Random(seed);
    List<CrashPoint> crashes = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      crashes.add(new CrashPoint(CrashPoint.Moment.BEFORE_WRITE, 1));
    }
    crashes.add(
        new CrashPoint(
            random.nextBoolean() ? CrashPoint.Moment.AFTER_COMMIT : CrashPoint.Moment.READING_ON,
            1 + random.nextInt(3)));
    if (random.nextBoolean()) {
      CrashPoint.Moment[] moments = CrashPoint.Moment.values();
      crashes.add(new CrashPoint(moments[random.nextInt(moments.length)], 1 + random.nextInt(2)));
    }
    List<Integer> parallelism = new ArrayList<>(List.of(FIRST_PARALLELISM));
    crashes.forEach(crash -> parallelism.add(1 + random.nextInt(MOST_PARALLEL)));
    boolean atOnce = random.nextInt(3) == 0;
    return new CrashSchedule(
        seed,
        List.copyOf(crashes),
        List.copyOf(parallelism),
        atOnce ? ALL : random.nextInt(4),
        1 + random.nextInt(5));
  }
}
