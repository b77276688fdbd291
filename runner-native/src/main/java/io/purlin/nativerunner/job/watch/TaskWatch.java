package io.purlin.nativerunner.job.watch;

import io.purlin.nativerunner.chain.OperatorChain;
import io.purlin.nativerunner.exchange.Channel;
import io.purlin.nativerunner.metrics.TaskCounters;
import io.purlin.nativerunner.metrics.TaskCounters.Name;
import io.purlin.nativerunner.metrics.TaskMetrics;
import io.purlin.nativerunner.metrics.TaskTimes;
import io.purlin.nativerunner.view.JobView;
import io.purlin.nativerunner.view.SubtaskView;
import io.purlin.state.StateMemory;
import java.util.List;

/**
 * Where the figures of one task stand. Any thread may read them while the task runs.
 *
 * @param chain id of its chain in the plan
 * @param index which of the chain's parallel tasks it is
 * @param metrics what it counts and how it spends its time
 * @param operators its chain, of which only the watermarks are read
 * @param state where its cells are counted
 * @param input the channels that it reads
 * @param output the channels that it writes
 */
record TaskWatch(
    int chain,
    int index,
    TaskMetrics metrics,
    OperatorChain operators,
    StateMemory state,
    List<Channel> input,
    List<Channel> output) {
  /** Copies the lists. */
  TaskWatch {
    input = List.copyOf(input);
    output = List.copyOf(output);
  }

  /** Milliseconds that the task has done something for checkpoints. */
  long checkpointMillis() {
    return metrics.counters().get(Name.CHECKPOINT_MILLIS);
  }

  SubtaskView view(long nowMillis) {
    TaskTimes times = metrics.times();
    TaskCounters counters = metrics.counters();
    TaskTimes.Split split = times.split(nowMillis);
    return new SubtaskView(
        index,
        status(times),
        known(times.startedAt()),
        known(times.closedAt()),
        new SubtaskView.Counts(
            counters.get(Name.RECORDS_IN),
            counters.get(Name.RECORDS_OUT),
            counters.get(Name.BATCHES_IN),
            counters.get(Name.BATCHES_OUT)),
        new SubtaskView.Times(
            split.idle(), split.backpressured(), split.busy(), checkpointMillis()),
        pool(input),
        pool(output),
        operators.inputWatermarkMillis(),
        operators.outputWatermarkMillis(),
        state.liveCells(),
        state.hits(),
        state.fetches());
  }

  private static SubtaskView.Status status(TaskTimes times) {
    if (times.closedAt() != TaskTimes.NEVER) {
      return times.cameToItsEnd() ? SubtaskView.Status.FINISHED : SubtaskView.Status.CANCELED;
    }
    if (times.openedAt() != TaskTimes.NEVER) {
      return SubtaskView.Status.RUNNING;
    }
    return times.startedAt() == TaskTimes.NEVER
        ? SubtaskView.Status.CREATED
        : SubtaskView.Status.INITIALIZING;
  }

  private static long known(long millis) {
    return millis == TaskTimes.NEVER ? JobView.UNKNOWN : millis;
  }

  private static SubtaskView.Pool pool(List<Channel> channels) {
    int credits = 0;
    int free = 0;
    for (Channel channel : channels) {
      credits += channel.granted();
      free += Math.min(channel.granted(), channel.freeCredits());
    }
    return new SubtaskView.Pool(channels.size(), credits, credits - free);
  }
}
