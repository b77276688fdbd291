package io.purlin.conformance.differential.recipe;

import java.util.List;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;

/** One thing that happens to the input; the next comes when everything has followed from it. */
public sealed interface Moment {
  /**
   * Elements come.
   *
   * @param elements at least one
   */
  record Elements(List<Element> elements) implements Moment {
    @Override
    public TestStream.Builder<KV<String, Integer>> addTo(
        TestStream.Builder<KV<String, Integer>> stream) {
      List<TimestampedValue<KV<String, Integer>>> values =
          elements.stream().map(Element::timestamped).toList();
      @SuppressWarnings({"unchecked", "rawtypes"}) // only read
      TimestampedValue<KV<String, Integer>>[] others =
          values.subList(1, values.size()).toArray(new TimestampedValue[0]);
      return stream.addElements(values.get(0), others);
    }
  }

  /** An element comes that is no part of what the first step takes, but of a side input. */
  record Update(Element element) implements Moment {
    private static final String MARK = "update ";

    @Override
    public TestStream.Builder<KV<String, Integer>> addTo(
        TestStream.Builder<KV<String, Integer>> stream) {
      return stream.addElements(
          new Element(MARK + element.key(), element.value(), element.millis()).timestamped());
    }

    /** What comes so. */
    static PCollection<KV<String, Integer>> updates(
        PCollection<KV<String, Integer>> whole, String name) {
      return whole
          .apply(name, Filter.by(each -> each.getKey().startsWith(MARK)))
          .apply(
              name + " keys",
              MapElements.into(
                      TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptors.integers()))
                  .via(each -> KV.of(each.getKey().substring(MARK.length()), each.getValue())))
          .setCoder(Recipe.CODER);
    }

    /** What comes otherwise. */
    static PCollection<KV<String, Integer>> others(PCollection<KV<String, Integer>> whole) {
      return whole.apply("no updates", Filter.by(each -> !each.getKey().startsWith(MARK)));
    }
  }

  /**
   * One element.
   *
   * @param millis its event time
   */
  record Element(String key, int value, long millis) {
    TimestampedValue<KV<String, Integer>> timestamped() {
      return TimestampedValue.of(KV.of(key, value), Instant.ofEpochMilli(millis));
    }
  }

  /**
   * The watermark goes on.
   *
   * @param millis to this event time, later than before
   */
  record Watermark(long millis) implements Moment {
    @Override
    public TestStream.Builder<KV<String, Integer>> addTo(
        TestStream.Builder<KV<String, Integer>> stream) {
      return stream.advanceWatermarkTo(Instant.ofEpochMilli(millis));
    }
  }

  /**
   * Processing time goes on.
   *
   * @param millis by so much, at least 1
   */
  record Time(long millis) implements Moment {
    @Override
    public TestStream.Builder<KV<String, Integer>> addTo(
        TestStream.Builder<KV<String, Integer>> stream) {
      return stream.advanceProcessingTime(Duration.millis(millis));
    }
  }

  /** The stream so far, with this behind it. */
  TestStream.Builder<KV<String, Integer>> addTo(TestStream.Builder<KV<String, Integer>> stream);
}
