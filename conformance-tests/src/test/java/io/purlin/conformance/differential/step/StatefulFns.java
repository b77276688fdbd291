package io.purlin.conformance.differential.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.InstantCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.CombiningState;
import org.apache.beam.sdk.state.MapState;
import org.apache.beam.sdk.state.OrderedListState;
import org.apache.beam.sdk.state.SetState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerMap;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Duration;
import org.joda.time.Instant;

/** The DoFns of {@link Stateful}. */
final class StatefulFns {
  private StatefulFns() {}

  static final class Numbered extends DoFn<KV<String, Integer>, KV<String, Integer>> {
    @StateId("count")
    private final StateSpec<ValueState<Integer>> count = StateSpecs.value(VarIntCoder.of());

    @StateId("sum")
    private final StateSpec<CombiningState<Integer, int[], Integer>> sum =
        StateSpecs.combining(Sum.ofIntegers());

    @ProcessElement
    public void process(
        @Element KV<String, Integer> element,
        @StateId("count") ValueState<Integer> count,
        @StateId("sum") CombiningState<Integer, int[], Integer> sum,
        OutputReceiver<KV<String, Integer>> out) {
      Integer before = count.read();
      int number = before == null ? 1 : before + 1;
      count.write(number);
      sum.add(element.getValue());
      out.output(KV.of(element.getKey(), 1_000 * number + sum.read()));
    }
  }

  static final class Distinct extends DoFn<KV<String, Integer>, KV<String, Integer>> {
    @StateId("seen")
    private final StateSpec<SetState<Integer>> seen = StateSpecs.set(VarIntCoder.of());

    @ProcessElement
    public void process(
        @Element KV<String, Integer> element,
        @StateId("seen") SetState<Integer> seen,
        OutputReceiver<KV<String, Integer>> out) {
      if (Boolean.TRUE.equals(seen.addIfAbsent(element.getValue()).read())) {
        out.output(element);
      }
    }
  }

  static final class AtEnd extends DoFn<KV<String, Integer>, KV<String, Integer>> {
    @StateId("values")
    private final StateSpec<BagState<Integer>> values = StateSpecs.bag(VarIntCoder.of());

    @TimerId("end")
    private final TimerSpec end = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    @ProcessElement
    public void process(
        @Element KV<String, Integer> element,
        BoundedWindow window,
        @StateId("values") BagState<Integer> values,
        @TimerId("end") Timer end) {
      values.add(element.getValue());
      end.set(window.maxTimestamp());
    }

    @OnTimer("end")
    public void onEnd(
        @Key String key,
        @StateId("values") BagState<Integer> values,
        OutputReceiver<KV<String, Integer>> out) {
      int sum = 0;
      int count = 0;
      for (int each : values.read()) {
        sum += each;
        count++;
      }
      values.clear();
      out.output(KV.of(key, 1_000 * count + sum));
    }
  }

  static final class AtExpiration extends DoFn<KV<String, Integer>, KV<String, Integer>> {
    @StateId("sum")
    private final StateSpec<CombiningState<Integer, int[], Integer>> sum =
        StateSpecs.combining(Sum.ofIntegers());

    @ProcessElement
    public void process(
        @Element KV<String, Integer> element,
        @StateId("sum") CombiningState<Integer, int[], Integer> sum) {
      sum.add(element.getValue());
    }

    @OnWindowExpiration
    public void onExpiration(
        @Key String key,
        @StateId("sum") CombiningState<Integer, int[], Integer> sum,
        OutputReceiver<KV<String, Integer>> out) {
      out.output(KV.of(key, sum.read()));
    }
  }

  static final class Looping extends DoFn<KV<String, Integer>, KV<String, Integer>> {
    private static final int MOST = 3;
    private static final Duration PAUSE = Duration.millis(4);

    @StateId("fired")
    private final StateSpec<ValueState<Integer>> fired = StateSpecs.value(VarIntCoder.of());

    @TimerId("loop")
    private final TimerSpec loop = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    @ProcessElement
    public void process(
        BoundedWindow window,
        @StateId("fired") ValueState<Integer> fired,
        @TimerId("loop") Timer loop) {
      if (fired.read() == null) {
        fired.write(0);
        set(loop, window, 0);
      }
    }

    @OnTimer("loop")
    public void onLoop(
        @Key String key,
        BoundedWindow window,
        @StateId("fired") ValueState<Integer> fired,
        @TimerId("loop") Timer loop,
        OutputReceiver<KV<String, Integer>> out) {
      Integer before = fired.read();
      int number = before == null ? 0 : before;
      out.output(KV.of(key, number));
      if (number < MOST) {
        fired.write(number + 1);
        set(loop, window, number + 1);
      }
    }

    /** The last at the end of the window, whatever the elements' times are. */
    private static void set(Timer loop, BoundedWindow window, int number) {
      Instant end = window.maxTimestamp();
      loop.withOutputTimestamp(end).set(end.minus(PAUSE.multipliedBy(MOST - number)));
    }
  }

  static final class Idle extends DoFn<KV<String, Integer>, KV<String, Integer>> {
    @StateId("sum")
    private final StateSpec<CombiningState<Integer, int[], Integer>> sum =
        StateSpecs.combining(Sum.ofIntegers());

    @TimerId("idle")
    private final TimerSpec idle = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

    @ProcessElement
    public void process(
        @Element KV<String, Integer> element,
        @StateId("sum") CombiningState<Integer, int[], Integer> sum,
        @TimerId("idle") Timer idle) {
      sum.add(element.getValue());
      idle.offset(Duration.millis(6)).setRelative();
    }

    @OnTimer("idle")
    public void onIdle(
        @Key String key,
        @StateId("sum") CombiningState<Integer, int[], Integer> sum,
        OutputReceiver<KV<String, Integer>> out) {
      out.output(KV.of(key, sum.read()));
      sum.clear();
    }
  }

  static final class Family extends DoFn<KV<String, Integer>, KV<String, Integer>> {
    @StateId("last")
    private final StateSpec<ValueState<String>> last = StateSpecs.value(StringUtf8Coder.of());

    @TimerFamily("each")
    @SuppressWarnings("unused") // Beam finds it by its annotation
    private final TimerSpec each = TimerSpecs.timerMap(TimeDomain.EVENT_TIME);

    @ProcessElement
    public void process(
        @Element KV<String, Integer> element,
        BoundedWindow window,
        @StateId("last") ValueState<String> last,
        @TimerFamily("each") TimerMap each) {
      String before = last.read();
      if (before != null && element.getValue() % 2 == 0) {
        each.get(before).clear();
      }
      String id = Integer.toString(element.getValue());
      last.write(id);
      each.set(id, window.maxTimestamp());
    }

    @OnTimerFamily("each")
    public void onEach(
        @Key String key, @TimerId String id, OutputReceiver<KV<String, Integer>> out) {
      out.output(KV.of(key, Integer.parseInt(id)));
    }
  }

  static final class Ordered extends DoFn<KV<String, Integer>, KV<String, Integer>> {
    @StateId("values")
    private final StateSpec<OrderedListState<Integer>> values =
        StateSpecs.orderedList(VarIntCoder.of());

    @ProcessElement
    public void process(
        @Element KV<String, Integer> element,
        @Timestamp Instant timestamp,
        @StateId("values") OrderedListState<Integer> values,
        OutputReceiver<KV<String, Integer>> out) {
      values.add(TimestampedValue.of(element.getValue(), timestamp));
      if (element.getValue() % 3 == 0) {
        values.clearRange(timestamp.minus(Duration.millis(8)), timestamp);
      }
      int place = 1;
      int hash = 0;
      for (TimestampedValue<Integer> each : values.read()) {
        hash += place++ * each.getValue();
      }
      out.output(KV.of(element.getKey(), hash));
    }
  }

  static final class Mapped extends DoFn<KV<String, Integer>, KV<String, Integer>> {
    @StateId("counts")
    private final StateSpec<MapState<Integer, Integer>> counts =
        StateSpecs.map(VarIntCoder.of(), VarIntCoder.of());

    @TimerId("end")
    private final TimerSpec end = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    @ProcessElement
    public void process(
        @Element KV<String, Integer> element,
        BoundedWindow window,
        @StateId("counts") MapState<Integer, Integer> counts,
        @TimerId("end") Timer end) {
      int bucket = Math.floorMod(element.getValue(), 3);
      Integer before = counts.get(bucket).read();
      counts.put(bucket, before == null ? 1 : before + 1);
      end.set(window.maxTimestamp());
    }

    @OnTimer("end")
    public void onEnd(
        @Key String key,
        @StateId("counts") MapState<Integer, Integer> counts,
        OutputReceiver<KV<String, Integer>> out) {
      List<Integer> gone = new ArrayList<>();
      for (Map.Entry<Integer, Integer> each : counts.entries().read()) {
        out.output(KV.of(key + ":" + each.getKey(), each.getValue()));
        gone.add(each.getKey());
      }
      gone.forEach(counts::remove);
    }
  }

  /** Makes the same of elements of one time in any order, which is left open. */
  static final class Sorted extends DoFn<KV<String, Integer>, KV<String, Integer>> {
    @StateId("last")
    private final StateSpec<ValueState<Instant>> last = StateSpecs.value(InstantCoder.of());

    @StateId("before")
    private final StateSpec<ValueState<Integer>> before = StateSpecs.value(VarIntCoder.of());

    @StateId("now")
    private final StateSpec<CombiningState<Integer, int[], Integer>> now =
        StateSpecs.combining(Sum.ofIntegers());

    @RequiresTimeSortedInput
    @ProcessElement
    public void process(
        @Element KV<String, Integer> element,
        @Timestamp Instant timestamp,
        @StateId("last") ValueState<Instant> last,
        @StateId("before") ValueState<Integer> before,
        @StateId("now") CombiningState<Integer, int[], Integer> now,
        OutputReceiver<KV<String, Integer>> out) {
      Integer earlier = before.read();
      int hash = earlier == null ? 0 : earlier;
      if (!timestamp.equals(last.read())) {
        // Other than a sum, this tells in which order the times came.
        hash = 31 * hash + now.read();
        before.write(hash);
        now.clear();
        last.write(timestamp);
      }
      now.add(element.getValue() + 1);
      out.output(KV.of(element.getKey(), hash));
    }
  }
}
