package io.purlin.conformance.differential.step;

import io.purlin.conformance.differential.recipe.Flow;
import io.purlin.conformance.differential.recipe.Step;
import java.util.List;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Redistribute;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.joda.time.Duration;
import org.joda.time.Instant;

/** Steps that treat each element for itself. One element makes at most one of a key. */
public enum Stateless implements Step {
  /** Another value. */
  ADD_ONE {
    @Override
    public PCollection<KV<String, Integer>> apply(
        PCollection<KV<String, Integer>> input, Flow flow) {
      return input.apply(flow.name(), MapElements.via(new AddOne()));
    }
  },
  /** Some elements go. */
  KEEP_EVEN {
    @Override
    public PCollection<KV<String, Integer>> apply(
        PCollection<KV<String, Integer>> input, Flow flow) {
      return input.apply(flow.name(), Filter.by(each -> each.getValue() % 2 == 0));
    }
  },
  /** Each key becomes two. */
  FORK {
    @Override
    public PCollection<KV<String, Integer>> apply(
        PCollection<KV<String, Integer>> input, Flow flow) {
      return input.apply(flow.name(), FlatMapElements.via(new Fork()));
    }
  },
  /** Elements get a later timestamp, in the windows that they are in. */
  SHIFT {
    @Override
    public PCollection<KV<String, Integer>> apply(
        PCollection<KV<String, Integer>> input, Flow flow) {
      return input.apply(flow.name(), ParDo.of(new Shift()));
    }
  },
  /** Its window and pane become part of the value. */
  REIFY {
    @Override
    public PCollection<KV<String, Integer>> apply(
        PCollection<KV<String, Integer>> input, Flow flow) {
      return input.apply(flow.name(), ParDo.of(new Reify()));
    }
  },
  RESHUFFLE {
    @Override
    public PCollection<KV<String, Integer>> apply(
        PCollection<KV<String, Integer>> input, Flow flow) {
      return input.apply(flow.name(), Reshuffle.of());
    }
  },
  REDISTRIBUTE {
    @Override
    public PCollection<KV<String, Integer>> apply(
        PCollection<KV<String, Integer>> input, Flow flow) {
      return input.apply(flow.name(), Redistribute.<KV<String, Integer>>arbitrarily());
    }
  },
  /** A splittable DoFn: as many elements as the value says, each with a key of its own. */
  SPLITTABLE {
    @Override
    public PCollection<KV<String, Integer>> apply(
        PCollection<KV<String, Integer>> input, Flow flow) {
      return input.apply(flow.name(), ParDo.of(new Count()));
    }
  },
  /** By two outputs, which are one again behind them. */
  APART_AND_TOGETHER {
    @Override
    public PCollection<KV<String, Integer>> apply(
        PCollection<KV<String, Integer>> input, Flow flow) {
      PCollectionTuple both =
          input.apply(
              flow.name("apart"),
              ParDo.of(new Apart()).withOutputTags(Apart.EVEN, TupleTagList.of(Apart.ODD)));
      return PCollectionList.of(both.get(Apart.EVEN))
          .and(both.get(Apart.ODD))
          .apply(flow.name("together"), Flatten.pCollections());
    }
  };

  private static final class AddOne
      extends SimpleFunction<KV<String, Integer>, KV<String, Integer>> {
    @Override
    public KV<String, Integer> apply(KV<String, Integer> element) {
      return KV.of(element.getKey(), element.getValue() + 1);
    }
  }

  private static final class Fork
      extends SimpleFunction<KV<String, Integer>, Iterable<KV<String, Integer>>> {
    @Override
    public Iterable<KV<String, Integer>> apply(KV<String, Integer> element) {
      return List.of(element, KV.of(element.getKey() + "'", element.getValue()));
    }
  }

  static final class Shift extends DoFn<KV<String, Integer>, KV<String, Integer>> {
    @ProcessElement
    public void process(
        @Element KV<String, Integer> element,
        @Timestamp Instant timestamp,
        BoundedWindow window,
        OutputReceiver<KV<String, Integer>> out) {
      Instant later = timestamp.plus(Duration.millis(3));
      // Groupings refuse elements that are later than their window.
      Instant last = window.maxTimestamp();
      out.outputWithTimestamp(element, later.isBefore(last) ? later : last);
    }
  }

  private static final class Reify extends DoFn<KV<String, Integer>, KV<String, Integer>> {
    @ProcessElement
    public void process(ProcessContext context) {
      KV<String, Integer> element = context.element();
      long seen = context.timestamp().getMillis() % 100 + 100 * context.pane().getIndex();
      context.output(KV.of(element.getKey(), element.getValue() + (int) seen));
    }
  }

  /** Counts up to the last digit of the value. */
  static final class Count extends DoFn<KV<String, Integer>, KV<String, Integer>> {
    @GetInitialRestriction
    public OffsetRange range(@Element KV<String, Integer> element) {
      return new OffsetRange(0, Math.floorMod(element.getValue(), 4));
    }

    @ProcessElement
    public void process(
        @Element KV<String, Integer> element,
        RestrictionTracker<OffsetRange, Long> tracker,
        OutputReceiver<KV<String, Integer>> out) {
      for (long i = tracker.currentRestriction().getFrom(); tracker.tryClaim(i); i++) {
        out.output(KV.of(element.getKey() + "/" + i, element.getValue()));
      }
    }
  }

  private static final class Apart extends DoFn<KV<String, Integer>, KV<String, Integer>> {
    static final TupleTag<KV<String, Integer>> EVEN = new TupleTag<>("even") {};
    static final TupleTag<KV<String, Integer>> ODD = new TupleTag<>("odd") {};

    @ProcessElement
    public void process(@Element KV<String, Integer> element, MultiOutputReceiver out) {
      out.get(element.getValue() % 2 == 0 ? EVEN : ODD).output(element);
    }
  }
}
