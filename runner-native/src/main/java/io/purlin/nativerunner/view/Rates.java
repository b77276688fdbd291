package io.purlin.nativerunner.view;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the tasks of a job do in a second, between two views of it. Immutable; any thread.
 *
 * <p>Between views of different attempts, and where there is no older view, it is what the tasks
 * have done since they began.
 */
public final class Rates {
  /**
   * Of one task.
   *
   * @param recordsIn elements taken in a second
   * @param recordsOut elements sent a second
   * @param idle milliseconds a second, as Flink's idleTimeMsPerSecond
   * @param backpressured milliseconds a second; the three add up to 1000
   * @param busy milliseconds a second
   */
  public record Rate(
      double recordsIn, double recordsOut, double idle, double backpressured, double busy) {
    /** Of a task that has not begun. */
    public static final Rate NONE = new Rate(0, 0, 0, 0, 0);
  }

  private final Map<String, List<Rate>> rates = new HashMap<>();

  private Rates() {}

  /** The rates between two views; those of an older one that is the same are since the start. */
  public static Rates between(JobView older, JobView newer) {
    Map<String, VertexView> before = new HashMap<>();
    if (older.attempts() == newer.attempts() && older.nowMillis() < newer.nowMillis()) {
      older.vertices().forEach(vertex -> before.put(vertex.id(), vertex));
    }
    Rates rates = new Rates();
    for (VertexView vertex : newer.vertices()) {
      VertexView then = before.get(vertex.id());
      List<SubtaskView> earlier = then == null ? List.of() : then.subtasks();
      boolean known = earlier.size() == vertex.subtasks().size();
      rates.rates.put(
          vertex.id(),
          vertex.subtasks().stream()
              .map(now -> known ? rate(earlier.get(now.index()), now) : rate(now))
              .toList());
    }
    return rates;
  }

  /** The rate of a task; of one that is not known, nothing. */
  public Rate of(String vertex, int subtask) {
    List<Rate> all = rates.getOrDefault(vertex, List.of());
    return subtask < 0 || subtask >= all.size() ? Rate.NONE : all.get(subtask);
  }

  /** The rates of all tasks of a vertex; empty when it is not known. */
  public List<Rate> of(String vertex) {
    return rates.getOrDefault(vertex, List.of());
  }

  private static Rate rate(SubtaskView then, SubtaskView now) {
    SubtaskView.Times t = now.times();
    SubtaskView.Times before = then.times();
    return rate(
        now.counts().recordsIn() - then.counts().recordsIn(),
        now.counts().recordsOut() - then.counts().recordsOut(),
        t.idle() - before.idle(),
        t.backpressured() - before.backpressured(),
        t.busy() - before.busy());
  }

  private static Rate rate(SubtaskView now) {
    return rate(
        now.counts().recordsIn(),
        now.counts().recordsOut(),
        now.times().idle(),
        now.times().backpressured(),
        now.times().busy());
  }

  /** A task that has ended between the views has spent no time since: it counts as idle. */
  private static Rate rate(long in, long out, long idle, long backpressured, long busy) {
    double idleMillis = Math.max(0, idle);
    double waited = Math.max(0, backpressured);
    double worked = Math.max(0, busy);
    double all = idleMillis + waited + worked;
    return all == 0
        ? Rate.NONE
        : new Rate(
            in * 1000 / all,
            out * 1000 / all,
            idleMillis * 1000 / all,
            waited * 1000 / all,
            worked * 1000 / all);
  }
}
