package io.purlin.nativerunner.translate;

import io.purlin.nativerunner.graph.Partitioning;
import io.purlin.nativerunner.window.Combining;
import io.purlin.nativerunner.window.GroupingFactory;
import io.purlin.nativerunner.window.GroupingSpec;
import org.apache.beam.sdk.coders.CannotProvideCoderException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.CombineFnBase.GlobalCombineFn;
import org.apache.beam.sdk.values.PCollection;

/** Combine.perKey, translated whole: values are combined as they come. */
final class CombinePerKeyTranslator implements TransformTranslator<Combine.PerKey<?, ?, ?>> {
  @Override
  public void translate(
      AppliedPTransform<?, ?, ?> application,
      Combine.PerKey<?, ?, ?> transform,
      GraphBuilder graph) {
    PCollection<?> input = GraphBuilder.mainInput(application);
    KvCoder<?, ?> coder = (KvCoder<?, ?>) input.getCoder();
    Coder<?> keyCoder = coder.getKeyCoder();
    Combining combining =
        new Combining(
            transform.getFn(),
            accumulatorCoder(application, transform.getFn(), input, coder.getValueCoder()),
            transform.getSideInputs(),
            Combining.Input.VALUES);
    int step =
        graph.step(
            application,
            "",
            new GroupingFactory(
                new GroupingSpec(
                    application.getFullName(),
                    keyCoder,
                    coder.getValueCoder(),
                    input.getWindowingStrategy(),
                    combining)),
            keyCoder);
    graph.connect(input, step, new Partitioning.Keyed(keyCoder));
    graph.produce(GraphBuilder.onlyOutput(application), step, 0);
  }

  @SuppressWarnings("unchecked") // the function combines what the collection holds
  private static <InputT> Coder<?> accumulatorCoder(
      AppliedPTransform<?, ?, ?> application,
      GlobalCombineFn<?, ?, ?> fn,
      PCollection<?> input,
      Coder<InputT> valueCoder) {
    try {
      return ((GlobalCombineFn<InputT, ?, ?>) fn)
          .getAccumulatorCoder(input.getPipeline().getCoderRegistry(), valueCoder);
    } catch (CannotProvideCoderException e) {
      throw new UnsupportedTransformException(
          application.getFullName(), "no coder for its accumulators: " + e.getMessage());
    }
  }
}
