package io.purlin.conformance.differential.recipe;

import io.purlin.directrunner.CaptureSession;
import io.purlin.directrunner.Program;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Instant;

/**
 * A pipeline and its input, as data: it can be built for any runner, printed, and made smaller.
 *
 * @param bounded whether the elements are there at once, as a bounded collection, instead of coming
 *     by and by; then nothing else of the moments counts
 * @param moments the input
 * @param steps each takes what the one before makes; what each makes is compared
 */
public record Recipe(boolean bounded, List<Moment> moments, List<Step> steps) implements Program {
  /** No element is later than this; the watermark stops here before it goes to its end. */
  public static final long LAST_MILLIS = 10_000;

  /** How often the watermark stops there, so that every step has come so far before the end. */
  private static final int STOPS = 12;

  /** How every step's elements are encoded. */
  public static final Coder<KV<String, Integer>> CODER =
      KvCoder.of(StringUtf8Coder.of(), VarIntCoder.of());

  @Override
  public void build(Pipeline pipeline, CaptureSession session) {
    PCollection<KV<String, Integer>> source = bounded ? create(pipeline) : stream(pipeline);
    PCollection<KV<String, Integer>> last = source;
    for (int i = 0; i < steps.size(); i++) {
      Flow flow = new Flow(source, session, "step " + (i + 1));
      last = flow.captured("output", steps.get(i).apply(last, flow).setCoder(CODER));
    }
  }

  /** What means the same and runs on the reference. */
  public Recipe forReference() {
    return new Recipe(bounded, moments, steps.stream().map(Step::forReference).toList());
  }

  private PCollection<KV<String, Integer>> create(Pipeline pipeline) {
    return pipeline.apply(
        "source",
        Create.timestamped(
                moments.stream()
                    .filter(Moment.Elements.class::isInstance)
                    .flatMap(moment -> ((Moment.Elements) moment).elements().stream())
                    .map(Moment.Element::timestamped)
                    .toList())
            .withCoder(CODER));
  }

  private PCollection<KV<String, Integer>> stream(Pipeline pipeline) {
    TestStream.Builder<KV<String, Integer>> stream = TestStream.create(CODER);
    for (Moment moment : moments) {
      stream = moment.addTo(stream);
    }
    for (int i = 0; i < STOPS; i++) {
      stream = stream.advanceWatermarkTo(Instant.ofEpochMilli(LAST_MILLIS + i));
    }
    return pipeline.apply("source", stream.advanceWatermarkToInfinity());
  }

  @Override
  public String toString() {
    return (bounded ? "bounded input" : "input")
        + moments.stream().map(each -> "\n  " + each).collect(Collectors.joining())
        + "\nsteps"
        + steps.stream().map(each -> "\n  " + each).collect(Collectors.joining());
  }
}
