package io.purlin.benchmarks.datastream;

import io.purlin.benchmarks.ready.Results;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** What the count of a user in a window adds to the hash. */
final class WindowHash extends ProcessWindowFunction<Long, Long, Long, TimeWindow> {
  private static final long serialVersionUID = 1L;

  @Override
  public void process(Long user, Context context, Iterable<Long> counts, Collector<Long> out) {
    for (Long count : counts) {
      out.collect(Results.hash(user, count, context.window().getEnd()));
    }
  }
}
