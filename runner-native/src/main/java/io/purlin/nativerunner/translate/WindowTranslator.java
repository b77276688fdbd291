package io.purlin.nativerunner.translate;

import io.purlin.nativerunner.graph.Partitioning;
import io.purlin.nativerunner.operator.AssignWindowsOperator;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.values.PCollection;

/** Window.into: assigns windows; trigger and accumulation take effect where it is grouped. */
final class WindowTranslator implements TransformTranslator<Window.Assign<?>> {
  @Override
  public void translate(
      AppliedPTransform<?, ?, ?> application, Window.Assign<?> transform, GraphBuilder graph) {
    PCollection<?> output = GraphBuilder.onlyOutput(application);
    WindowFn<?, ?> windowFn = output.getWindowingStrategy().getWindowFn();
    int step =
        graph.step(application, "", context -> new AssignWindowsOperator(windowFn, context), null);
    graph.connect(GraphBuilder.mainInput(application), step, Partitioning.FORWARD);
    graph.produce(output, step, 0);
  }
}
