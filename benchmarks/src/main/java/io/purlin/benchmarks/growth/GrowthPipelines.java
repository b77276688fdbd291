package io.purlin.benchmarks.growth;

import io.purlin.benchmarks.growth.Numbers.Range;
import io.purlin.benchmarks.growth.Numbers.Times;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;

/**
 * The pipeline of each dimension at a size.
 *
 * @param units by which the time is divided
 * @param sum of what comes out, by which a run that did something else is found
 */
record GrowthPipelines(long units, long sum) {
  private static final long SECOND_MILLIS = 1_000;
  private static final long WINDOW_MILLIS = 10_000;
  private static final int ELEMENTS_OF_KEY = 4;
  private static final int SLIDING_KEYS = 100;
  private static final long SLIDING_ELEMENTS_OF_SECOND = 2_000;

  /** Twice the longest window, so that half of what is measured has windows that are full. */
  private static final long SLIDING_SECONDS = 1_200;

  private static final long AT_ONCE = 10_000;
  private static final long TASKS_KEYS = 100_000;
  private static final long HOT_CELLS = 1_000;
  private static final long SHORT_CHAIN = 40;
  private static final long FOREVER = Long.MAX_VALUE;
  private static final Times AT_ZERO = number -> 0;

  /**
   * Builds it. The gate is closed as the pipeline needs it.
   *
   * @param elements at least so many are measured
   * @param servers where the broker is, for the dimension that reads topics
   */
  static GrowthPipelines build(
      Dimension dimension, Pipeline pipeline, long size, long elements, String servers) {
    Gate.close(0);
    return switch (dimension) {
      case KEYS -> counts(pipeline, size, elements);
      case PARALLELISM -> counts(pipeline, TASKS_KEYS, elements);
      case WINDOWS -> windows(pipeline, size, elements);
      case SESSIONS -> sessions(pipeline, size, elements);
      case STEPS -> steps(pipeline, size, elements);
      case SIDE_INPUT -> sideInput(pipeline, size, elements);
      case VALUES -> values(pipeline, size, elements);
      case STATE -> state(pipeline, size, elements);
      case TIMERS -> timers(pipeline, size, elements);
      case PARTITIONS -> partitions(pipeline, size, elements, servers);
    };
  }

  /** As many windows as there are elements for: each size inserts, changes and emits in one way. */
  private static GrowthPipelines counts(Pipeline pipeline, long keys, long elements) {
    long inWindow = ELEMENTS_OF_KEY * keys;
    long all = (Math.max(elements, inWindow) + inWindow - 1) / inWindow * inWindow;
    Times times =
        number -> number / inWindow * WINDOW_MILLIS + number % inWindow * WINDOW_MILLIS / inWindow;
    count(
        numbers(pipeline, new Range(0, all), times, false),
        number -> Spread.over(number, keys),
        FixedWindows.of(Duration.millis(WINDOW_MILLIS)),
        FOREVER);
    return new GrowthPipelines(all, all);
  }

  /** The windows behind the last element are not measured: there are more of long ones. */
  private static GrowthPipelines windows(Pipeline pipeline, long windows, long elements) {
    long seconds = Math.max(elements / SLIDING_ELEMENTS_OF_SECOND, SLIDING_SECONDS);
    long all = seconds * SLIDING_ELEMENTS_OF_SECOND;
    long measured = seconds - 1;
    count(
        numbers(
            pipeline,
            new Range(0, all),
            number -> number * SECOND_MILLIS / SLIDING_ELEMENTS_OF_SECOND,
            false),
        number -> Spread.over(number, SLIDING_KEYS),
        SlidingWindows.of(Duration.standardSeconds(windows)).every(Duration.standardSeconds(1)),
        measured * SECOND_MILLIS);
    // An element is in so many windows as end while something is measured.
    LongUnaryOperator counted = second -> Math.min(windows, measured - second);
    return new GrowthPipelines(
        all, SLIDING_ELEMENTS_OF_SECOND * LongStream.range(0, measured).map(counted).sum());
  }

  private static GrowthPipelines sessions(Pipeline pipeline, long ofKey, long elements) {
    long keys = AT_ONCE / ofKey;
    long apart = 10 * SECOND_MILLIS;
    count(
        numbers(
            pipeline,
            new Range(0, elements),
            number -> {
              long session = Spread.over(number, AT_ONCE);
              return session / keys * apart + Spread.over(number + 1, SECOND_MILLIS / 2);
            },
            true),
        number -> Spread.over(number, AT_ONCE) % keys,
        Sessions.withGapDuration(Duration.millis(SECOND_MILLIS)),
        FOREVER);
    return new GrowthPipelines(elements, elements);
  }

  /**
   * Short chains get more elements, so that all take long enough to be measured. As many go through
   * before the clock begins: the classes of a chain are its own, and those of a long one are
   * compiled for seconds.
   */
  private static GrowthPipelines steps(Pipeline pipeline, long length, long elements) {
    long all = elements * Math.max(1, SHORT_CHAIN / Math.max(1, length));
    PCollection<Long> numbers = numbers(pipeline, new Range(all, 2 * all), AT_ZERO, true);
    for (long i = 0; i < length; i++) {
      numbers = numbers.apply("Step" + i, ParDo.of(new GrowthSteps.Increment()));
    }
    sum(numbers, FOREVER);
    return new GrowthPipelines(all, sumBelow(2 * all) + 2 * all * length);
  }

  private static GrowthPipelines sideInput(Pipeline pipeline, long entries, long elements) {
    Gate.close(1);
    PCollectionView<Map<Long, Long>> view =
        pipeline
            .apply("Entries", GenerateSequence.from(0).to(entries))
            .apply(
                "KeysOfEntries",
                MapElements.into(
                        TypeDescriptors.kvs(TypeDescriptors.longs(), TypeDescriptors.longs()))
                    .via(number -> KV.of(number, number)))
            .apply(View.asMap());
    PCollection<Long> found =
        numbers(pipeline, new Range(1, elements + 1), AT_ZERO, true)
            .apply("LookUp", ParDo.of(new GrowthSteps.LookUp(view, entries)).withSideInputs(view));
    sum(found, FOREVER);
    return new GrowthPipelines(
        elements,
        LongStream.rangeClosed(0, elements).map(number -> Spread.over(number, entries)).sum());
  }

  private static GrowthPipelines values(Pipeline pipeline, long ofKey, long elements) {
    long all = Math.max(elements, ELEMENTS_OF_KEY * ofKey);
    long keys = all / ofKey;
    PCollection<Long> sums =
        keyed(numbers(pipeline, new Range(0, all), AT_ZERO, true), number -> number % keys)
            .apply(Window.into(FixedWindows.of(Duration.millis(WINDOW_MILLIS))))
            .apply(GroupByKey.create())
            .apply("SumOfKey", ParDo.of(new GrowthSteps.SumOfKey()));
    sum(sums, FOREVER);
    return new GrowthPipelines(all, sumBelow(all));
  }

  /**
   * All cells are in a committed checkpoint before the hot ones are changed. One signal alone
   * comes: a source that has emitted nothing since has no new mark to be finalized.
   */
  private static GrowthPipelines state(Pipeline pipeline, long cells, long elements) {
    Gate.close(1);
    PCollection<Long> ones =
        keyed(
                numbers(pipeline, new Range(cells, cells + elements), AT_ZERO, true),
                number -> number < cells ? number : Spread.over(number, HOT_CELLS))
            .apply("Change", ParDo.of(new GrowthSteps.Change()));
    sum(ones, FOREVER);
    return new GrowthPipelines(elements, cells + elements);
  }

  private static GrowthPipelines timers(Pipeline pipeline, long ofKey, long elements) {
    long keys = AT_ONCE / ofKey;
    PCollection<Long> ones =
        numbers(pipeline, new Range(0, elements), AT_ZERO, true)
            .apply(
                "Timers",
                MapElements.into(
                        TypeDescriptors.kvs(TypeDescriptors.longs(), TypeDescriptors.longs()))
                    .via(
                        number -> {
                          long timer = Spread.over(number, AT_ONCE);
                          return KV.of(timer % keys, timer / keys);
                        }))
            .apply("SetTimer", ParDo.of(new GrowthSteps.SetTimer()));
    sum(ones, FOREVER);
    return new GrowthPipelines(elements, elements);
  }

  private static GrowthPipelines partitions(
      Pipeline pipeline, long partitions, long elements, String servers) {
    sum(
        new PartitionedTopic(servers, Math.toIntExact(partitions), elements).read(pipeline),
        FOREVER);
    return new GrowthPipelines(elements, sumBelow(elements));
  }

  private static PCollection<Long> numbers(
      Pipeline pipeline, Range range, Times times, boolean held) {
    return pipeline.apply("Numbers", Read.from(new Numbers(range, times, held)));
  }

  private static PCollection<KV<Long, Long>> keyed(
      PCollection<Long> numbers, SerializableFunction<Long, Long> key) {
    return numbers.apply(
        "Keys",
        MapElements.into(TypeDescriptors.kvs(TypeDescriptors.longs(), TypeDescriptors.longs()))
            .via(number -> KV.of(key.apply(number), number)));
  }

  private static void count(
      PCollection<Long> numbers,
      SerializableFunction<Long, Long> key,
      WindowFn<Object, ?> windows,
      long untilMillis) {
    sum(
        numbers
            .apply("Keys", MapElements.into(TypeDescriptors.longs()).via(key))
            .apply(Window.into(windows))
            .apply(Count.perElement())
            .apply(Values.create()),
        untilMillis);
  }

  private static void sum(PCollection<Long> numbers, long untilMillis) {
    numbers.apply("Sum", ParDo.of(new GrowthSteps.Sum(untilMillis)));
  }

  private static long sumBelow(long end) {
    return end * (end - 1) / 2;
  }
}
