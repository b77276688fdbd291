package io.purlin.nativerunner;

import io.purlin.sdk.NativePipelineOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.windowing.AfterFirst;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.AfterProcessingTime;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;

/** A pipeline with every kind of state, whose first step fails when the test wants it to. */
final class RecoveryPipeline {
  static final long NUMBERS = 10_000;

  /** Elements until the next failure. */
  static final AtomicLong UNTIL_FAILURE = new AtomicLong();

  static final AtomicLong FAILURES = new AtomicLong();

  /** Whether a checkpoint was committed since the last failure: there is no failure before that. */
  static final AtomicBoolean COMMITTED = new AtomicBoolean();

  private static final int KEYS = 7;

  private RecoveryPipeline() {}

  static Pipeline pipeline(NativePipelineOptions options) {
    Pipeline pipeline = Pipeline.create(options);
    PCollectionView<Map<Long, Long>> factors =
        pipeline.apply("Factors", Create.of(factors())).apply("AsMap", View.asMap());
    PCollection<KV<Long, Long>> numbers =
        pipeline
            .apply(Read.from(new RepeatingSource(NUMBERS)))
            .apply("Fail", ParDo.of(new Failing()))
            .apply("Key", WithKeys.of((Long n) -> n % KEYS).withKeyType(TypeDescriptors.longs()));

    PCollection<KV<Long, Long>> sums =
        numbers
            .apply("Fixed", Window.into(FixedWindows.of(Duration.millis(1_000))))
            .apply("Sum", Sum.longsPerKey());
    PAssert.that(sums).containsInAnyOrder(expectedSums(n -> n));

    PCollection<KV<Long, Long>> scaled =
        numbers
            .apply("Scale", ParDo.of(new Scale(factors)).withSideInputs(factors))
            .apply("Fixed2", Window.into(FixedWindows.of(Duration.millis(1_000))))
            .apply("Sum2", Sum.longsPerKey());
    PAssert.that(scaled).containsInAnyOrder(expectedSums(n -> n * (n % KEYS + 1)));

    PCollection<Long> sessionSizes =
        numbers
            .apply("Sessions", Window.into(Sessions.withGapDuration(Duration.millis(10))))
            .apply("Group", GroupByKey.create())
            .apply("Size", ParDo.of(new Size()));
    PAssert.that(sessionSizes).containsInAnyOrder(sizes(NUMBERS));

    PCollection<Long> general =
        numbers
            .apply(
                "General",
                Window.<KV<Long, Long>>into(FixedWindows.of(Duration.millis(NUMBERS)))
                    .triggering(
                        AfterWatermark.pastEndOfWindow()
                            .withEarlyFirings(
                                AfterFirst.of(
                                    AfterPane.elementCountAtLeast(100),
                                    AfterProcessingTime.pastFirstElementInPane()
                                        .plusDelayOf(Duration.standardHours(1)))))
                    .withAllowedLateness(Duration.ZERO)
                    .discardingFiredPanes())
            .apply("Group2", GroupByKey.create())
            .apply("Size2", ParDo.of(new Size()))
            .apply(
                "OnePane",
                Window.<Long>into(FixedWindows.of(Duration.millis(NUMBERS)))
                    .triggering(AfterWatermark.pastEndOfWindow())
                    .withAllowedLateness(Duration.ZERO)
                    .discardingFiredPanes())
            .apply("All", Sum.longsGlobally().withoutDefaults());
    PAssert.that(general).containsInAnyOrder(NUMBERS);

    PCollection<KV<Long, Long>> last =
        numbers
            .apply("OneWindow", Window.into(FixedWindows.of(Duration.millis(2 * NUMBERS))))
            .apply("Last", ParDo.of(new LastOfThousand()))
            .apply("Sum3", Sum.longsPerKey());
    PAssert.that(last).containsInAnyOrder(expectedLast());
    return pipeline;
  }

  private static List<KV<Long, Long>> factors() {
    return LongStream.range(0, KEYS).mapToObj(key -> KV.of(key, key + 1)).toList();
  }

  private static List<KV<Long, Long>> expectedSums(ToLongFunction<Long> value) {
    List<KV<Long, Long>> all = new ArrayList<>();
    for (long start = 0; start < NUMBERS; start += 1_000) {
      Map<Long, Long> sums = new TreeMap<>();
      for (long n = start; n < Math.min(NUMBERS, start + 1_000); n++) {
        sums.merge(n % KEYS, value.applyAsLong(n), Long::sum);
      }
      sums.forEach((key, sum) -> all.add(KV.of(key, sum)));
    }
    return all;
  }

  private static List<Long> sizes(long numbers) {
    List<Long> sizes = new ArrayList<>();
    for (long key = 0; key < KEYS; key++) {
      sizes.add((numbers - key + KEYS - 1) / KEYS);
    }
    return sizes;
  }

  private static List<KV<Long, Long>> expectedLast() {
    Map<Long, Long> sums = new TreeMap<>();
    for (long key = 0; key < KEYS; key++) {
      for (long start = 0; start < NUMBERS; start += 1_000) {
        long end = Math.min(NUMBERS, start + 1_000);
        for (long n = end - 1; n >= start; n--) {
          if (n % KEYS == key) {
            sums.merge(key, n, Long::sum);
            break;
          }
        }
      }
    }
    List<KV<Long, Long>> all = new ArrayList<>();
    sums.forEach((key, sum) -> all.add(KV.of(key, sum)));
    return all;
  }

  /** Passes elements on until it is time to fail. */
  static final class Failing extends DoFn<Long, Long> {
    private static final long serialVersionUID = 1L;
    private static Random random = new Random();
    private static int left;

    private final Counter seen = Metrics.counter(RecoveryPipeline.class, "seen");

    static synchronized void everySoOften(Random source, int failures) {
      random = source;
      left = failures;
      UNTIL_FAILURE.set(100 + random.nextInt(1_000));
    }

    static synchronized void once() {
      left = 1;
    }

    @ProcessElement
    public void process(@Element Long number, OutputReceiver<Long> out) {
      if (UNTIL_FAILURE.decrementAndGet() <= 0 && COMMITTED.compareAndSet(true, false)) {
        fail();
      }
      seen.inc();
      out.output(number);
    }

    private static synchronized void fail() {
      left--;
      UNTIL_FAILURE.set(left > 0 ? 100 + random.nextInt(1_000) : Long.MAX_VALUE);
      throw new IllegalStateException("failure " + FAILURES.incrementAndGet());
    }
  }

  /** Multiplies by a factor from a side input. */
  private static final class Scale extends DoFn<KV<Long, Long>, KV<Long, Long>> {
    private static final long serialVersionUID = 1L;
    private final PCollectionView<Map<Long, Long>> factors;

    Scale(PCollectionView<Map<Long, Long>> factors) {
      this.factors = factors;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      KV<Long, Long> pair = context.element();
      context.output(
          KV.of(
              pair.getKey(),
              pair.getValue() * context.sideInput(factors).getOrDefault(pair.getKey(), 0L)));
    }
  }

  /** How many values a group has. */
  private static final class Size extends DoFn<KV<Long, Iterable<Long>>, Long> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element KV<Long, Iterable<Long>> group, OutputReceiver<Long> out) {
      long size = 0;
      for (Long ignored : group.getValue()) {
        size++;
      }
      out.output(size);
    }
  }

  /** Emits the greatest number of each thousand, by a timer at its end. */
  static final class LastOfThousand extends DoFn<KV<Long, Long>, KV<Long, Long>> {
    private static final long serialVersionUID = 1L;

    @StateId("thousand")
    private final StateSpec<ValueState<Long>> thousandSpec = StateSpecs.value(VarLongCoder.of());

    @StateId("greatest")
    private final StateSpec<ValueState<Long>> greatestSpec = StateSpecs.value(VarLongCoder.of());

    @TimerId("end")
    private final TimerSpec endSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    @RequiresTimeSortedInput
    @ProcessElement
    public void process(
        @Element KV<Long, Long> pair,
        OutputReceiver<KV<Long, Long>> out,
        @StateId("thousand") ValueState<Long> thousand,
        @StateId("greatest") ValueState<Long> greatest,
        @TimerId("end") Timer end) {
      long now = pair.getValue() / 1_000;
      Long before = thousand.read();
      Long kept = greatest.read();
      if (before != null && kept != null && before != now) {
        out.output(KV.of(pair.getKey(), kept));
      }
      thousand.write(now);
      greatest.write(pair.getValue());
      end.set(Instant.ofEpochMilli(NUMBERS + 1));
    }

    @OnTimer("end")
    public void end(
        @Key Long key,
        OutputReceiver<KV<Long, Long>> out,
        @StateId("greatest") ValueState<Long> greatest) {
      Long kept = greatest.read();
      if (kept != null) {
        out.output(KV.of(key, kept));
      }
    }
  }
}
