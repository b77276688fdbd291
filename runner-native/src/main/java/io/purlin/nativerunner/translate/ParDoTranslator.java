package io.purlin.nativerunner.translate;

import io.purlin.nativerunner.graph.Partitioning;
import io.purlin.nativerunner.invoke.DoFnSpec;
import io.purlin.nativerunner.invoke.OutputTags;
import io.purlin.nativerunner.operator.pardo.ParDoFactory;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;

/** ParDo with any number of outputs; one with state or timers is partitioned by key. */
final class ParDoTranslator implements TransformTranslator<ParDo.MultiOutput<?, ?>> {
  @Override
  public void translate(
      AppliedPTransform<?, ?, ?> application,
      ParDo.MultiOutput<?, ?> transform,
      GraphBuilder graph) {
    PCollection<?> input = GraphBuilder.mainInput(application);
    DoFnSpec spec = spec(application, transform, input);
    Coder<?> keyCoder = spec.isStateful() ? keyCoder(application, input) : null;
    int step = graph.step(application, "", new ParDoFactory(spec), null);
    graph.connect(
        input, step, keyCoder == null ? Partitioning.FORWARD : new Partitioning.Keyed(keyCoder));
    graph.produceTagged(application, step, spec.outputs().tags());
  }

  private static Coder<?> keyCoder(AppliedPTransform<?, ?, ?> application, PCollection<?> input) {
    if (input.getCoder() instanceof KvCoder<?, ?> coder) {
      return coder.getKeyCoder();
    }
    throw new UnsupportedTransformException(
        application.getFullName(),
        "state and timers need key-value pairs as input, but its coder is " + input.getCoder());
  }

  private static DoFnSpec spec(
      AppliedPTransform<?, ?, ?> application,
      ParDo.MultiOutput<?, ?> transform,
      PCollection<?> input) {
    Map<TupleTag<?>, Coder<?>> coders = new HashMap<>();
    application.getOutputs().forEach((tag, output) -> coders.put(tag, output.getCoder()));
    return new DoFnSpec(
        transform.getFn(),
        input.getCoder(),
        new OutputTags(
            transform.getMainOutputTag(), transform.getAdditionalOutputTags().getAll(), coders),
        transform.getSideInputs(),
        input.getWindowingStrategy(),
        ParDo.getDoFnSchemaInformation(transform.getFn(), input));
  }
}
