package io.purlin.nativerunner.translate;

import io.purlin.nativerunner.graph.Partitioning;
import io.purlin.nativerunner.window.GroupingFactory;
import org.apache.beam.runners.core.SystemReduceFn;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.util.AppliedCombineFn;
import org.apache.beam.sdk.values.PCollection;

/** Combine.perKey, translated whole. */
final class CombinePerKeyTranslator implements TransformTranslator<Combine.PerKey<?, ?, ?>> {
  @Override
  @SuppressWarnings({"unchecked", "rawtypes"})
  public void translate(
      AppliedPTransform<?, ?, ?> application,
      Combine.PerKey<?, ?, ?> transform,
      GraphBuilder graph) {
    PCollection<?> input = GraphBuilder.mainInput(application);
    KvCoder<?, ?> coder = (KvCoder<?, ?>) input.getCoder();
    Coder<?> keyCoder = coder.getKeyCoder();
    AppliedCombineFn fn =
        AppliedCombineFn.withInputCoder(
            (org.apache.beam.sdk.transforms.CombineFnBase.GlobalCombineFn) transform.getFn(),
            input.getPipeline().getCoderRegistry(),
            (KvCoder) coder,
            transform.getSideInputs(),
            input.getWindowingStrategy());
    int step =
        graph.step(
            application,
            "",
            new GroupingFactory(
                keyCoder,
                input.getWindowingStrategy(),
                () -> SystemReduceFn.combining((Coder) keyCoder, fn)),
            keyCoder);
    graph.connect(input, step, new Partitioning.Keyed(keyCoder));
    graph.produce(GraphBuilder.onlyOutput(application), step, 0);
  }
}
