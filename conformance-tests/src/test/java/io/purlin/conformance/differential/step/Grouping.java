package io.purlin.conformance.differential.step;

import io.purlin.conformance.differential.recipe.Flow;
import io.purlin.conformance.differential.recipe.Step;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Max;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptors;

/** Steps that bring the elements of a key and window together. */
public enum Grouping implements Step {
  /** All values of a key, which are compared as they are. */
  VALUES {
    @Override
    public PCollection<KV<String, Integer>> apply(
        PCollection<KV<String, Integer>> input, Flow flow) {
      return flow.captured("groups", input.apply(flow.name("group"), GroupByKey.create()))
          .apply(flow.name("add"), ParDo.of(new Add()));
    }
  },
  SUM {
    @Override
    public PCollection<KV<String, Integer>> apply(
        PCollection<KV<String, Integer>> input, Flow flow) {
      return input.apply(flow.name(), Combine.perKey(Sum.ofIntegers()));
    }
  },
  /** In two stages, as for keys with many values. */
  HOT_MAX {
    @Override
    public PCollection<KV<String, Integer>> apply(
        PCollection<KV<String, Integer>> input, Flow flow) {
      return input.apply(
          flow.name(),
          Combine.<String, Integer, Integer>perKey(Max.ofIntegers()).withHotKeyFanout(2));
    }
  },
  COUNT {
    @Override
    public PCollection<KV<String, Integer>> apply(
        PCollection<KV<String, Integer>> input, Flow flow) {
      return input
          .apply(flow.name("count"), Count.perKey())
          .apply(
              flow.name("to int"),
              MapElements.into(
                      TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptors.integers()))
                  .via(each -> KV.of(each.getKey(), each.getValue().intValue())));
    }
  },
  /** Of all keys together, without a default for windows that have nothing. */
  ALL {
    @Override
    public PCollection<KV<String, Integer>> apply(
        PCollection<KV<String, Integer>> input, Flow flow) {
      return input
          .apply(flow.name("values"), Values.create())
          .apply(flow.name("sum"), Combine.globally(Sum.ofIntegers()).withoutDefaults())
          .apply(flow.name("key"), WithKeys.<String, Integer>of("all"))
          .setCoder(io.purlin.conformance.differential.recipe.Recipe.CODER);
    }
  },
  /** With itself, of which some values are missing. */
  JOIN {
    @Override
    public PCollection<KV<String, Integer>> apply(
        PCollection<KV<String, Integer>> input, Flow flow) {
      PCollection<KV<String, Integer>> even =
          Stateless.KEEP_EVEN.apply(input, flow.named(flow.name("even")));
      return KeyedPCollectionTuple.of(Join.LEFT, input)
          .and(Join.RIGHT, even)
          .apply(flow.name("join"), CoGroupByKey.create())
          .apply(flow.name("difference"), ParDo.of(new Join()));
    }
  };

  /** Adds the values of a group. */
  private static final class Add extends DoFn<KV<String, Iterable<Integer>>, KV<String, Integer>> {
    @ProcessElement
    public void process(
        @Element KV<String, Iterable<Integer>> element, OutputReceiver<KV<String, Integer>> out) {
      int sum = 0;
      for (int each : element.getValue()) {
        sum += each;
      }
      out.output(KV.of(element.getKey(), sum));
    }
  }

  /** What one side has more than the other. */
  private static final class Join extends DoFn<KV<String, CoGbkResult>, KV<String, Integer>> {
    static final TupleTag<Integer> LEFT = new TupleTag<>("left");
    static final TupleTag<Integer> RIGHT = new TupleTag<>("right");

    @ProcessElement
    public void process(
        @Element KV<String, CoGbkResult> element, OutputReceiver<KV<String, Integer>> out) {
      int difference = 0;
      for (int each : element.getValue().getAll(LEFT)) {
        difference += 1_000 + each;
      }
      for (int each : element.getValue().getAll(RIGHT)) {
        difference -= each;
      }
      out.output(KV.of(element.getKey(), difference));
    }
  }
}
