package io.purlin.nativerunner.translate;

import io.purlin.nativerunner.graph.Partitioning;
import io.purlin.nativerunner.operator.ForwardOperator;
import io.purlin.nativerunner.source.EmptySourceFactory;
import java.util.List;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PValue;

/** Flatten: a step with an edge from each input; an input given twice counts twice. */
final class FlattenTranslator implements TransformTranslator<Flatten.PCollections<?>> {
  @Override
  public void translate(
      AppliedPTransform<?, ?, ?> application,
      Flatten.PCollections<?> transform,
      GraphBuilder graph) {
    // The map of inputs has an entry for each place in the list, also of equal collections.
    List<PValue> inputs = List.copyOf(application.getInputs().values());
    if (inputs.isEmpty()) {
      graph.source(application, new EmptySourceFactory(), true);
      return;
    }
    int step = graph.step(application, "", ForwardOperator::new, null);
    for (PValue input : inputs) {
      graph.connect(input, step, Partitioning.FORWARD);
    }
    graph.produce(GraphBuilder.onlyOutput(application), step, 0);
  }
}
