package io.purlin.nativerunner.job.watch;

import io.purlin.nativerunner.chain.OperatorChain;
import io.purlin.nativerunner.exchange.Channel;
import io.purlin.nativerunner.metrics.Consumed;
import io.purlin.nativerunner.metrics.TaskMetrics;
import io.purlin.nativerunner.source.SourceReader;
import io.purlin.nativerunner.view.JobView;
import io.purlin.nativerunner.view.StateView;
import io.purlin.nativerunner.view.SubtaskView;
import io.purlin.state.StateMemory;
import io.purlin.state.cold.ColdStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/**
 * Where the figures of the tasks of one attempt stand. Tasks are added while the attempt is wired,
 * by one thread; afterwards any thread may ask.
 */
public final class AttemptWatch {
  private final List<TaskWatch> tasks = new ArrayList<>();
  private final List<SourceReader> readers = new ArrayList<>();
  private final StateMemory memory;

  /**
   * Without tasks so far.
   *
   * @param memory where their keyed state is going to be
   */
  public AttemptWatch(StateMemory memory) {
    this.memory = memory;
  }

  /** Adds a task; the parameters are those of {@link TaskWatch}. */
  public void task(
      int chain,
      int index,
      TaskMetrics metrics,
      OperatorChain operators,
      StateMemory state,
      List<Channel> input,
      List<Channel> output) {
    tasks.add(new TaskWatch(chain, index, metrics, operators, state, input, output));
  }

  /** Adds the readers of a source. */
  public void reads(List<SourceReader> source) {
    readers.addAll(source);
  }

  /**
   * The part of all sources, and of what steps read themselves, that has been read, 0 to 1;
   * negative when it is not known.
   */
  double consumed() {
    return all(readers.stream().map(SourceReader::consumed))
        .fractionThrough(all(tasks.stream().map(task -> task.operators().consumed())));
  }

  private static Consumed all(Stream<Consumed> parts) {
    return parts.reduce(Consumed.NOTHING, Consumed::plus);
  }

  /** The tasks of a chain, by their index. */
  List<SubtaskView> subtasks(int chain, long nowMillis) {
    return tasks.stream()
        .filter(task -> task.chain() == chain)
        .map(task -> task.view(nowMillis))
        .toList();
  }

  /** How far what a member of a chain emits has come in all tasks. */
  long watermark(int chain, int member) {
    return tasks.stream()
        .filter(task -> task.chain() == chain)
        .mapToLong(task -> task.operators().memberWatermarks().get(member))
        .min()
        .orElse(BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis());
  }

  StateView state() {
    long cells = 0;
    for (TaskWatch task : tasks) {
      cells += task.state().liveCells();
    }
    ColdStore cold = memory.cold();
    return new StateView(
        cells,
        memory.usedBytes(),
        memory.limitBytes() == Long.MAX_VALUE ? JobView.UNKNOWN : memory.limitBytes(),
        cold == null ? 0 : cold.bytes());
  }

  /** How long each task has been busy with checkpoints. */
  long[] checkpointMillis() {
    return tasks.stream().mapToLong(TaskWatch::checkpointMillis).toArray();
  }
}
