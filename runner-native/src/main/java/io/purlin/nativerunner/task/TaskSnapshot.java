package io.purlin.nativerunner.task;

import io.purlin.nativerunner.chain.OperatorState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one task writes down at a barrier.
 *
 * @param chain name of the chain's head, stable over restarts
 * @param index which of the chain's parallel tasks it was, from 0
 * @param watermarkMillis how far the watermark of its input had come, in event time
 * @param positions of its source; empty for a task that reads channels
 * @param operators what its operators hold, by the names of their steps
 * @param metrics what it had counted of user metrics
 */
public record TaskSnapshot(
    String chain,
    int index,
    long watermarkMillis,
    List<byte[]> positions,
    Map<String, OperatorState> operators,
    List<byte[]> metrics) {
  /** The same with what the operators hold. */
  TaskSnapshot with(Map<String, OperatorState> states) {
    return new TaskSnapshot(chain, index, watermarkMillis, positions, states, metrics);
  }

  /**
   * The same with the older segments of what the operators hold.
   *
   * @param before complete snapshots of the tasks in the checkpoint before
   */
  public TaskSnapshot after(List<TaskSnapshot> before) {
    Map<String, OperatorState> complete = new HashMap<>(operators);
    for (TaskSnapshot each : before) {
      if (each.index == index) {
        complete.replaceAll(
            (step, state) -> {
              OperatorState earlier = each.operators.get(step);
              return earlier == null ? state : state.after(earlier);
            });
      }
    }
    return with(complete);
  }

  /** A part that belongs to no task: metrics of earlier runs. */
  public static TaskSnapshot ofMetrics(byte[] metrics) {
    return new TaskSnapshot("", 0, 0, List.of(), Map.of(), List.of(metrics));
  }
}
