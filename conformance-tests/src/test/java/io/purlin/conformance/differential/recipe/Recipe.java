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
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * A pipeline and its input, as data: it can be built for any runner, printed, and made smaller.
 *
 * @param input what the first step takes
 * @param steps each takes what the one before makes; what each makes is compared
 */
public record Recipe(Input input, List<Step> steps) implements Program {
  /** How every step's elements are encoded. */
  public static final Coder<KV<String, Integer>> CODER =
      KvCoder.of(StringUtf8Coder.of(), VarIntCoder.of());

  @Override
  public void build(Pipeline pipeline, CaptureSession session) {
    PCollection<KV<String, Integer>> whole = input.addTo(pipeline, "source");
    PCollection<KV<String, Integer>> source =
        input.hasUpdates() ? Moment.Update.others(whole) : whole;
    PCollection<KV<String, Integer>> last = source;
    for (int i = 0; i < steps.size(); i++) {
      Flow flow = new Flow(whole, source, session, "step " + (i + 1));
      last = flow.captured("output", steps.get(i).apply(last, flow).setCoder(CODER));
    }
  }

  /** What means the same and runs on the reference. */
  public Recipe forReference() {
    return new Recipe(input, steps.stream().map(Step::forReference).toList());
  }

  @Override
  public String toString() {
    return "input: "
        + input
        + "\nsteps"
        + steps.stream().map(each -> "\n  " + each).collect(Collectors.joining());
  }
}
