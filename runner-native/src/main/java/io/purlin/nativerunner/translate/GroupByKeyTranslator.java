package io.purlin.nativerunner.translate;

import io.purlin.nativerunner.graph.Partitioning;
import io.purlin.nativerunner.window.GroupingFactory;
import io.purlin.nativerunner.window.GroupingSpec;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.values.PCollection;

/** GroupByKey: partitioned by key, grouped by window. */
final class GroupByKeyTranslator implements TransformTranslator<GroupByKey<?, ?>> {
  @Override
  public void translate(
      AppliedPTransform<?, ?, ?> application, GroupByKey<?, ?> transform, GraphBuilder graph) {
    PCollection<?> input = GraphBuilder.mainInput(application);
    KvCoder<?, ?> coder = (KvCoder<?, ?>) input.getCoder();
    Coder<?> keyCoder = coder.getKeyCoder();
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
                    null)),
            keyCoder);
    graph.connect(input, step, new Partitioning.Keyed(keyCoder));
    graph.produce(GraphBuilder.onlyOutput(application), step, 0);
  }
}
