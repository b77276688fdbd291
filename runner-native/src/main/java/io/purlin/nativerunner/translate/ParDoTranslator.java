package io.purlin.nativerunner.translate;

import io.purlin.nativerunner.graph.Partitioning;
import io.purlin.nativerunner.invoke.DoFnSpec;
import io.purlin.nativerunner.operator.ParDoFactory;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.reflect.DoFnSignature;
import org.apache.beam.sdk.transforms.reflect.DoFnSignatures;
import org.apache.beam.sdk.util.construction.ParDoTranslation;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/** ParDo with any number of outputs; one with state or timers is partitioned by key. */
final class ParDoTranslator implements TransformTranslator<ParDo.MultiOutput<?, ?>> {
  @Override
  public void translate(
      AppliedPTransform<?, ?, ?> application,
      ParDo.MultiOutput<?, ?> transform,
      GraphBuilder graph) {
    PCollection<?> input = GraphBuilder.mainInput(application);
    DoFnSignature signature = DoFnSignatures.signatureForDoFn(transform.getFn());
    Coder<?> keyCoder = keyCoder(application, signature, input);
    DoFnSpec<?, ?> spec = spec(application, transform, input);
    int step = graph.step(application, "", new ParDoFactory(spec, keyCoder), null);
    graph.connect(
        input, step, keyCoder == null ? Partitioning.FORWARD : new Partitioning.Keyed(keyCoder));
    graph.produceTagged(application, step, spec.outputs().tags());
  }

  private static @Nullable Coder<?> keyCoder(
      AppliedPTransform<?, ?, ?> application, DoFnSignature signature, PCollection<?> input) {
    boolean keyed =
        signature.usesState() || signature.usesTimers() || signature.onWindowExpiration() != null;
    if (!keyed && !signature.processElement().requiresTimeSortedInput()) {
      return null;
    }
    if (input.getCoder() instanceof KvCoder<?, ?> coder) {
      return coder.getKeyCoder();
    }
    throw new UnsupportedTransformException(
        application.getFullName(),
        "state and timers need key-value pairs as input, but its coder is " + input.getCoder());
  }

  @SuppressWarnings("unchecked") // the collection that a ParDo is applied to has its input type
  private static <InputT, OutputT> DoFnSpec<InputT, OutputT> spec(
      AppliedPTransform<?, ?, ?> application,
      ParDo.MultiOutput<InputT, OutputT> transform,
      PCollection<?> input) {
    Map<TupleTag<?>, Coder<?>> coders = new HashMap<>();
    application.getOutputs().forEach((tag, output) -> coders.put(tag, output.getCoder()));
    return new DoFnSpec<>(
        transform.getFn(),
        (Coder<InputT>) input.getCoder(),
        input.getWindowingStrategy(),
        new DoFnSpec.Outputs<>(
            transform.getMainOutputTag(), transform.getAdditionalOutputTags().getAll(), coders),
        transform.getSideInputs(),
        ParDoTranslation.getSchemaInformation(application));
  }
}
