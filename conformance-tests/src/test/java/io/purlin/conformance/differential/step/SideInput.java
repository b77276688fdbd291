package io.purlin.conformance.differential.step;

import io.purlin.conformance.differential.recipe.Flow;
import io.purlin.conformance.differential.recipe.Origin;
import io.purlin.conformance.differential.recipe.Step;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Adds to each element what a side input says.
 *
 * @param kind how the side input is seen
 * @param origin where it comes from
 * @param windowing of the side input, of whose panes the last one counts
 */
public record SideInput(Kind kind, Origin origin, Windowing windowing) implements Step {
  /** How a side input is seen. */
  public enum Kind {
    SINGLETON,
    ITERABLE,
    LIST,
    MAP,
    MULTIMAP;

    /** Whether it may have several values of one key, or without a key, in one pane. */
    public boolean isOfMany() {
      return this != SINGLETON && this != MAP;
    }
  }

  @Override
  public PCollection<KV<String, Integer>> apply(PCollection<KV<String, Integer>> input, Flow flow) {
    PCollection<KV<String, Integer>> side =
        origin.of(flow).apply(flow.name("side windows"), windowing.window());
    String name = flow.name("view");
    return switch (kind) {
      case SINGLETON -> {
        PCollectionView<Integer> view =
            side.apply(flow.name("side values"), Values.create())
                .apply(name, Combine.globally(Sum.ofIntegers()).asSingletonView());
        yield join(input, flow, view, new AddNumber(view));
      }
      case ITERABLE -> {
        PCollectionView<Iterable<KV<String, Integer>>> view = side.apply(name, View.asIterable());
        yield join(input, flow, view, new AddIterable<>(view));
      }
      case LIST -> {
        PCollectionView<List<KV<String, Integer>>> view = side.apply(name, View.asList());
        yield join(input, flow, view, new AddIterable<>(view));
      }
      case MAP -> {
        PCollectionView<Map<String, Integer>> view =
            side.apply(flow.name("side sums"), Combine.perKey(Sum.ofIntegers()))
                .apply(name, View.asMap());
        yield join(input, flow, view, new AddOfKey(view));
      }
      case MULTIMAP -> {
        PCollectionView<Map<String, Iterable<Integer>>> view = side.apply(name, View.asMultimap());
        yield join(input, flow, view, new AddAllOfKey(view));
      }
    };
  }

  @Override
  public List<Step> smaller() {
    return origin.smaller().stream()
        .<Step>map(smaller -> new SideInput(kind, smaller, windowing))
        .toList();
  }

  private static PCollection<KV<String, Integer>> join(
      PCollection<KV<String, Integer>> input,
      Flow flow,
      PCollectionView<?> view,
      DoFn<KV<String, Integer>, KV<String, Integer>> fn) {
    return input.apply(flow.name(), ParDo.of(fn).withSideInputs(view));
  }

  private static final class AddNumber extends DoFn<KV<String, Integer>, KV<String, Integer>> {
    private final PCollectionView<Integer> view;

    AddNumber(PCollectionView<Integer> view) {
      this.view = view;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      KV<String, Integer> element = context.element();
      context.output(KV.of(element.getKey(), element.getValue() + context.sideInput(view)));
    }
  }

  private static final class AddIterable<T extends Iterable<KV<String, Integer>>>
      extends DoFn<KV<String, Integer>, KV<String, Integer>> {
    private final PCollectionView<T> view;

    AddIterable(PCollectionView<T> view) {
      this.view = view;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      int sum = context.element().getValue();
      for (KV<String, Integer> each : context.sideInput(view)) {
        sum += each.getValue() + 1_000;
      }
      context.output(KV.of(context.element().getKey(), sum));
    }
  }

  private static final class AddOfKey extends DoFn<KV<String, Integer>, KV<String, Integer>> {
    private final PCollectionView<Map<String, Integer>> view;

    AddOfKey(PCollectionView<Map<String, Integer>> view) {
      this.view = view;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      KV<String, Integer> element = context.element();
      Map<String, Integer> sums = context.sideInput(view);
      int sum = sums.getOrDefault(element.getKey(), -1);
      context.output(KV.of(element.getKey(), element.getValue() + sum + 1_000 * sums.size()));
    }
  }

  private static final class AddAllOfKey extends DoFn<KV<String, Integer>, KV<String, Integer>> {
    private final PCollectionView<Map<String, Iterable<Integer>>> view;

    AddAllOfKey(PCollectionView<Map<String, Iterable<Integer>>> view) {
      this.view = view;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      KV<String, Integer> element = context.element();
      int sum = element.getValue();
      for (int each : context.sideInput(view).getOrDefault(element.getKey(), List.of())) {
        sum += each + 1_000;
      }
      context.output(KV.of(element.getKey(), sum));
    }
  }
}
