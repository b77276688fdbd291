package io.purlin.nativerunner.translate;

import io.purlin.nativerunner.graph.Partitioning;
import io.purlin.nativerunner.window.Combining;
import io.purlin.nativerunner.window.GroupingFactory;
import io.purlin.nativerunner.window.GroupingSpec;
import io.purlin.nativerunner.window.PreCombineFactory;
import org.apache.beam.sdk.coders.CannotProvideCoderException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.CombineFnBase.GlobalCombineFn;
import org.apache.beam.sdk.values.PCollection;

/**
 * Combine.perKey, translated whole: values are combined as they come, and before the exchange
 * already where that cannot change a pane.
 */
final class CombinePerKeyTranslator implements TransformTranslator<Combine.PerKey<?, ?, ?>> {
  @Override
  public void translate(
      AppliedPTransform<?, ?, ?> application,
      Combine.PerKey<?, ?, ?> transform,
      GraphBuilder graph) {
    PCollection<?> input = GraphBuilder.mainInput(application);
    KvCoder<?, ?> coder = (KvCoder<?, ?>) input.getCoder();
    Coder<?> keyCoder = coder.getKeyCoder();
    Coder<?> accumulatorCoder =
        accumulatorCoder(application, transform.getFn(), input, coder.getValueCoder());
    GroupingSpec whole =
        new GroupingSpec(
            application.getFullName(),
            keyCoder,
            coder.getValueCoder(),
            input.getWindowingStrategy(),
            new Combining(
                transform.getFn(),
                accumulatorCoder,
                transform.getSideInputs(),
                Combining.Input.VALUES));
    Partitioning keyed = new Partitioning.Keyed(keyCoder);
    if (graph.parallelism() == 1 || PreCombineFactory.reasonAgainst(whole) != null) {
      int step = graph.step(application, "", new GroupingFactory(whole), keyCoder);
      graph.connect(input, step, keyed);
      graph.produce(GraphBuilder.onlyOutput(application), step, 0);
      return;
    }
    // What crosses the exchange is an accumulator for each key and bundle, not each element.
    int before = graph.step(application, "/Precombine", new PreCombineFactory(whole), null);
    graph.connect(input, before, Partitioning.FORWARD);
    int after = graph.step(application, "", new GroupingFactory(whole.ofAccumulators()), keyCoder);
    graph.connect(before, after, keyed);
    graph.produce(GraphBuilder.onlyOutput(application), after, 0);
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
