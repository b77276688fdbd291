package io.purlin.benchmarks.latency;

import io.purlin.benchmarks.side.Latencies;
import io.purlin.benchmarks.side.Tally;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;

/** The ends of the pipelines, which hold what comes out against the schedule. */
final class LatencySteps {
  private LatencySteps() {}

  /** Counts, and passes on what it has at the end of each bundle. */
  abstract static class Take<T> extends DoFn<T, Void> {
    private static final long serialVersionUID = 1L;

    final Schedule schedule;
    private transient Latencies latencies = new Latencies();
    private transient long results;
    private transient long sum;

    Take(Schedule schedule) {
      this.schedule = schedule;
    }

    @Setup
    public void setup() {
      latencies = new Latencies();
    }

    final void result(long number) {
      results++;
      sum += number;
    }

    final void latency(long nanos) {
      latencies.add(nanos);
    }

    @FinishBundle
    public void finish() {
      if (results > 0) {
        Tally.results(results, sum);
        results = 0;
        sum = 0;
      }
      if (latencies.size() > 0) {
        Taken.add(latencies);
      }
    }
  }

  /** Takes numbers as they were emitted. */
  static final class TakeNumber extends Take<Long> {
    private static final long serialVersionUID = 1L;

    private final long oneOf;

    /**
     * @param oneOf of so many numbers one is measured, so that all samples have room; odd, or of
     *     two splits only one would be seen
     */
    TakeNumber(Schedule schedule, long oneOf) {
      super(schedule);
      this.oneOf = oneOf;
    }

    @ProcessElement
    public void process(@Element Long number) {
      result(1);
      if (number % oneOf == 0 && number >= schedule.measuredFrom()) {
        latency(schedule.nanosSinceDue(number, System.nanoTime()));
      }
    }
  }

  /** Takes counts of windows. */
  static final class TakeCount extends Take<Long> {
    private static final long serialVersionUID = 1L;

    TakeCount(Schedule schedule) {
      super(schedule);
    }

    @ProcessElement
    public void process(@Element Long count, IntervalWindow window) {
      result(count);
      long end = window.end().getMillis();
      if (schedule.isMeasured(end)) {
        latency(schedule.nanosSinceMillis(end, System.nanoTime()));
      }
    }
  }
}
