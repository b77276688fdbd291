package io.purlin.conformance.differential.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Instant;

/**
 * Elements, as data.
 *
 * @param bounded whether they are there at once, as a bounded collection, instead of coming by and
 *     by; then nothing else of the moments counts
 * @param stepMillis by how much the watermark goes on at once, at most, as long as windows are open
 * @param moments what happens
 */
public record Input(boolean bounded, long stepMillis, List<Moment> moments) implements Origin {
  /** No element is later than this; the watermark stops here before it goes to its end. */
  public static final long LAST_MILLIS = 10_000;

  /** The watermark goes on as far as a moment says, at once. */
  public static final long AT_ONCE = LAST_MILLIS;

  /** How often the watermark stops at the end, so that every step has come so far before it. */
  private static final int STOPS = 12;

  /** For so long the windows of elements may be open behind the last moment. */
  private static final long OPEN_MILLIS = 100;

  /** The same with one element or another moment less. */
  @Override
  public List<Input> smaller() {
    List<Input> all = new ArrayList<>();
    for (int i = moments.size() - 1; i >= 0; i--) {
      all.add(with(i, List.of()));
      if (moments.get(i) instanceof Moment.Elements several && several.elements().size() > 1) {
        for (int j = 0; j < several.elements().size(); j++) {
          List<Moment.Element> fewer = new ArrayList<>(several.elements());
          fewer.remove(j);
          all.add(with(i, List.of(new Moment.Elements(fewer))));
        }
      }
    }
    return all;
  }

  private Input with(int index, List<Moment> instead) {
    List<Moment> others = new ArrayList<>(moments);
    others.remove(index);
    others.addAll(index, instead);
    return new Input(bounded, stepMillis, others);
  }

  /** An input of its own, as part of a step. */
  @Override
  public PCollection<KV<String, Integer>> of(Flow flow) {
    return addTo(flow.source().getPipeline(), flow.name("input"));
  }

  /** Whether some of it is not for the first step. */
  boolean hasUpdates() {
    return moments.stream().anyMatch(Moment.Update.class::isInstance);
  }

  /** Adds these elements to a pipeline, in the global window. */
  PCollection<KV<String, Integer>> addTo(Pipeline pipeline, String name) {
    return bounded ? create(pipeline, name) : stream(pipeline, name);
  }

  private PCollection<KV<String, Integer>> create(Pipeline pipeline, String name) {
    return pipeline.apply(
        name,
        Create.timestamped(
                moments.stream()
                    .filter(Moment.Elements.class::isInstance)
                    .flatMap(moment -> ((Moment.Elements) moment).elements().stream())
                    .map(Moment.Element::timestamped)
                    .toList())
            .withCoder(Recipe.CODER));
  }

  private PCollection<KV<String, Integer>> stream(Pipeline pipeline, String name) {
    TestStream.Builder<KV<String, Integer>> stream = TestStream.create(Recipe.CODER);
    long watermark = 0;
    for (Moment moment : moments) {
      if (moment instanceof Moment.Watermark next) {
        stream = steps(stream, watermark, next.millis());
        watermark = next.millis();
      }
      stream = moment.addTo(stream);
    }
    if (stepMillis < OPEN_MILLIS) {
      stream = steps(stream, watermark, watermark + OPEN_MILLIS);
    }
    for (int i = 0; i < STOPS; i++) {
      stream = stream.advanceWatermarkTo(Instant.ofEpochMilli(LAST_MILLIS + i));
    }
    return pipeline.apply(name, stream.advanceWatermarkToInfinity());
  }

  /** What the watermark passes on its way. */
  private TestStream.Builder<KV<String, Integer>> steps(
      TestStream.Builder<KV<String, Integer>> before, long fromMillis, long toMillis) {
    TestStream.Builder<KV<String, Integer>> stream = before;
    for (long next = fromMillis + stepMillis; next < toMillis; next += stepMillis) {
      stream = stream.advanceWatermarkTo(Instant.ofEpochMilli(next));
    }
    return stream;
  }

  @Override
  public String toString() {
    String kind =
        bounded ? "bounded" : stepMillis < AT_ONCE ? "by " + stepMillis + " ms" : "stream";
    return kind + moments.stream().map(each -> "\n  " + each).collect(Collectors.joining());
  }
}
