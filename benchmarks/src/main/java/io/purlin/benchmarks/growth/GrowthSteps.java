package io.purlin.benchmarks.growth;

import io.purlin.benchmarks.side.Tally;
import java.util.Map;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.TimerMap;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.joda.time.Instant;

/** What the pipelines do with an element. Each reads a number and gives one, so that sums agree. */
final class GrowthSteps {
  private GrowthSteps() {}

  /** The end of a pipeline: adds up, and tells the tally at the end of each bundle. */
  static final class Sum extends DoFn<Long, Void> {
    private static final long serialVersionUID = 1L;

    private final long untilMillis;
    private transient long results;
    private transient long sum;

    /**
     * @param untilMillis what is in a window that ends later is left out: the clock stops with the
     *     last that is not
     */
    Sum(long untilMillis) {
      this.untilMillis = untilMillis;
    }

    @ProcessElement
    public void process(@Element Long number, BoundedWindow window) {
      if (window.maxTimestamp().getMillis() < untilMillis) {
        results++;
        sum += number;
      }
    }

    @FinishBundle
    public void finish() {
      if (results > 0) {
        Tally.results(results, sum);
        results = 0;
        sum = 0;
      }
    }
  }

  /** A step of a chain. */
  static final class Increment extends DoFn<Long, Long> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Long number, OutputReceiver<Long> out) {
      out.output(number + 1);
    }
  }

  /** Looks up each number in a side input; the first that can opens the gate. */
  static final class LookUp extends DoFn<Long, Long> {
    private static final long serialVersionUID = 1L;

    private final PCollectionView<Map<Long, Long>> view;
    private final long size;
    private transient boolean opened;

    LookUp(PCollectionView<Map<Long, Long>> view, long size) {
      this.view = view;
      this.size = size;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      Long found = context.sideInput(view).get(Spread.over(context.element(), size));
      if (found == null) {
        throw new IllegalStateException("the side input lacks an entry");
      }
      if (!opened) {
        opened = true;
        Gate.signal();
      }
      context.output(found);
    }
  }

  /** Adds up the values of a key. */
  static final class SumOfKey extends DoFn<KV<Long, Iterable<Long>>, Long> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element KV<Long, Iterable<Long>> group, OutputReceiver<Long> out) {
      long sum = 0;
      for (Long each : group.getValue()) {
        sum += each;
      }
      out.output(sum);
    }
  }

  /** Changes the cell of the key. */
  static final class Change extends DoFn<KV<Long, Long>, Long> {
    private static final long serialVersionUID = 1L;
    private static final int BYTES = 100;

    @StateId("cell")
    private final StateSpec<ValueState<byte[]>> spec = StateSpecs.value(ByteArrayCoder.of());

    @ProcessElement
    public void process(
        @Element KV<Long, Long> element,
        @StateId("cell") ValueState<byte[]> cell,
        OutputReceiver<Long> out) {
      byte[] before = cell.read();
      byte[] now = before == null ? new byte[BYTES] : before.clone();
      now[0]++;
      cell.write(now);
      out.output(1L);
    }
  }

  /** Sets one of the key's timers, which all fire at the end. */
  static final class SetTimer extends DoFn<KV<Long, Long>, Long> {
    private static final long serialVersionUID = 1L;
    private static final long FAR_MILLIS = 1_000_000_000_000L;
    private static final int APART_MILLIS = 1_000;

    @SuppressWarnings("UnusedVariable") // Beam finds it
    @TimerFamily("timers")
    private final TimerSpec spec = TimerSpecs.timerMap(TimeDomain.EVENT_TIME);

    @ProcessElement
    public void process(
        @Element KV<Long, Long> element,
        @TimerFamily("timers") TimerMap timers,
        OutputReceiver<Long> out) {
      long timer = element.getValue();
      timers.set(Long.toString(timer), Instant.ofEpochMilli(FAR_MILLIS + timer % APART_MILLIS));
      out.output(1L);
    }

    @OnTimerFamily("timers")
    public void fired() {}
  }
}
