package io.purlin.nativerunner.translate;

import io.purlin.nativerunner.graph.Partitioning;
import io.purlin.nativerunner.operator.ForwardOperator;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Redistribute;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * Reshuffle and Redistribute: an exchange and nothing else, so that timestamp, windows, pane and
 * marks stay with the element.
 */
final class RedistributeTranslators {
  private RedistributeTranslators() {}

  /** Redistribution by the key of key-value pairs. */
  static final class ByKey<T extends PTransform<?, ?>> implements TransformTranslator<T> {
    @Override
    public void translate(AppliedPTransform<?, ?, ?> application, T transform, GraphBuilder graph) {
      PCollection<?> input = GraphBuilder.mainInput(application);
      Coder<?> keyCoder = ((KvCoder<?, ?>) input.getCoder()).getKeyCoder();
      forward(application, graph, new Partitioning.Keyed(keyCoder), keyCoder);
    }
  }

  /** Redistribution to wherever there is room. */
  static final class Arbitrarily
      implements TransformTranslator<Redistribute.RedistributeArbitrarily<?>> {
    @Override
    public void translate(
        AppliedPTransform<?, ?, ?> application,
        Redistribute.RedistributeArbitrarily<?> transform,
        GraphBuilder graph) {
      forward(application, graph, Partitioning.REBALANCE, null);
    }
  }

  private static void forward(
      AppliedPTransform<?, ?, ?> application,
      GraphBuilder graph,
      Partitioning partitioning,
      @Nullable Coder<?> outputKey) {
    int step = graph.step(application, "", ForwardOperator::new, outputKey);
    graph.connect(GraphBuilder.mainInput(application), step, partitioning);
    graph.produce(GraphBuilder.onlyOutput(application), step, 0);
  }
}
