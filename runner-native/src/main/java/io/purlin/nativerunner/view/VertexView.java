package io.purlin.nativerunner.view;

import java.util.List;

/**
 * A chain: steps that run as one task, once for each of its subtasks.
 *
 * @param id 32 hexadecimal digits, the same as long as the chain begins with the same step
 * @param name the names of its steps, joined by arrows
 * @param parallelism number of subtasks
 * @param steps what the chain contains, in order
 * @param subtasks its parallel tasks; empty while the job starts again
 */
public record VertexView(
    String id, String name, int parallelism, List<StepView> steps, List<SubtaskView> subtasks) {
  /** Copies the lists. */
  public VertexView {
    steps = List.copyOf(steps);
    subtasks = List.copyOf(subtasks);
  }
}
