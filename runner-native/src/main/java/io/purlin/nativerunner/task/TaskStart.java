package io.purlin.nativerunner.task;

import io.purlin.nativerunner.chain.OperatorState;
import java.util.List;
import java.util.function.Function;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/**
 * What a task goes on from.
 *
 * @param watermarkMillis how far its input had come
 * @param operators what the operators of a step held; an empty list for a step that held nothing
 */
public record TaskStart(long watermarkMillis, Function<String, List<OperatorState>> operators) {
  /** A task that begins at the beginning. */
  public static final TaskStart FRESH =
      new TaskStart(BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis(), step -> List.of());
}
