package io.purlin.benchmarks.beam;

import io.purlin.benchmarks.ready.Click;
import io.purlin.benchmarks.ready.InputSpec;
import io.purlin.benchmarks.ready.ReadyInput;
import io.purlin.benchmarks.ready.ReadySource;
import io.purlin.benchmarks.side.Tally;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Instant;

/** The works on clicks. */
public final class ClickPipelines {
  private ClickPipelines() {}

  static void count(Pipeline pipeline, InputSpec input, WindowFn<Object, ?> windows) {
    count(clicks(pipeline, input), windows);
  }

  /** The clicks of each user in windows, whose number is tallied. */
  public static void count(PCollection<Click> clicks, WindowFn<Object, ?> windows) {
    clicks
        .apply(
            "Users", MapElements.into(TypeDescriptors.longs()).via((Click click) -> click.user()))
        .apply(Window.into(windows))
        .apply(Count.perElement())
        .apply("Tally", ParDo.of(new TallyCounts()));
  }

  /** The group of the user of each click. */
  static void lookUp(Pipeline pipeline, InputSpec input) {
    InputSpec all = InputSpec.ALL_GROUPS;
    // What is read exists before the clock starts.
    all.input();
    PCollectionView<Map<Long, Long>> groups =
        pipeline
            .apply(Create.of(all))
            .apply(
                "Groups",
                FlatMapElements.into(
                        TypeDescriptors.kvs(TypeDescriptors.longs(), TypeDescriptors.longs()))
                    .via(ClickPipelines::groups))
            .apply(View.asMap());
    clicks(pipeline, input)
        .apply("Tally", ParDo.of(new TallyGroups(groups)).withSideInputs(groups));
  }

  /** The profile of the user of each click. */
  static void join(Pipeline pipeline, InputSpec input) {
    clicks(pipeline, input)
        .apply(
            "ByUser",
            MapElements.into(TypeDescriptors.kvs(TypeDescriptors.longs(), TypeDescriptors.longs()))
                .via((Click click) -> KV.of(click.user(), click.millis())))
        .apply("Tally", ParDo.of(new TallyJoin()));
  }

  private static Iterable<KV<Long, Long>> groups(InputSpec all) {
    Tally.reading();
    ReadyInput<KV<Long, Long>> groups = all.groups();
    return () -> IntStream.range(0, groups.size()).mapToObj(groups::element).iterator();
  }

  private static PCollection<Click> clicks(Pipeline pipeline, InputSpec input) {
    return pipeline.apply(
        "Clicks",
        Read.from(new ReadySource<Click>(input, click -> Instant.ofEpochMilli(click.millis()))));
  }
}
