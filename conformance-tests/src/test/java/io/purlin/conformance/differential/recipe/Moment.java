package io.purlin.conformance.differential.recipe;

import java.util.List;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TimestampedValue;
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
